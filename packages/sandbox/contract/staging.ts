import type { Target } from './partner-api.ts';

/** The one base URL that SEEK Pass publishes (docs: "OAuth authentication"). */
const stagingBaseUrl = 'https://app.seekpass-staging.com';

/** Why the suite cannot start: one sentence with the setting and the remedy. */
export class ContractSettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ContractSettingsError';
  }
}

/**
 * Staging as the environment names it; `undefined` without `SEEK_PASS_CLIENT_ID` and `SEEK_PASS_CLIENT_SECRET`, or when
 * they belong to a sandbox. Refuses production: the suite submits credentials that nobody has earned.
 */
export function stagingTarget(environment: Readonly<Record<string, string | undefined>>): Target | undefined {
  const name = environment['SEEK_PASS_ENVIRONMENT'] ?? '';
  const clientId = environment['SEEK_PASS_CLIENT_ID'] ?? '';
  const clientSecret = environment['SEEK_PASS_CLIENT_SECRET'] ?? '';
  if (name === 'sandbox' || (name === '' && clientId === '' && clientSecret === '')) return undefined;
  if (name !== 'staging') {
    throw new ContractSettingsError(
      'The contract suite asks staging only, because it submits credentials that nobody has earned: set SEEK_PASS_ENVIRONMENT to staging, or unset it with the other SEEK_PASS settings.',
    );
  }
  if (clientId === '' || clientSecret === '') {
    const missing = clientId === '' ? 'SEEK_PASS_CLIENT_ID' : 'SEEK_PASS_CLIENT_SECRET';
    throw new ContractSettingsError(
      `${missing} is missing: set it to what SEEK Pass gave you for staging, or unset SEEK_PASS_ENVIRONMENT.`,
    );
  }
  const baseUrl = environment['SEEK_PASS_BASE_URL'] ?? stagingBaseUrl;
  if (!URL.canParse(baseUrl) || new URL(baseUrl).origin !== stagingBaseUrl) {
    throw new ContractSettingsError(
      `SEEK_PASS_BASE_URL is not the address of staging: set it to ${stagingBaseUrl}, or unset it.`,
    );
  }
  return { baseUrl: stagingBaseUrl, clientId, clientSecret };
}
