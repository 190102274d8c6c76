import { registerAs } from '@nestjs/config';
import { ConfigurationError, readSettings } from '@seek-pass-kit/core';
import type { AddFlowSettings } from '../seek-pass-module-options.ts';
import { listIn, type Variables, variablesOf } from './variables.ts';

/** Secrets of the add flow that the environment holds: spread them into `addFlow`. */
export interface IssuingConfiguration extends Pick<AddFlowSettings, 'namespace'> {
  /** Newest first, while one is being rotated. */
  readonly claimKey: readonly string[];
}

/**
 * What issuing needs besides {@link seekPassConfig}: `SEEK_PASS_CLAIM_KEY` (while it is rotated both, the newest first, with a comma between
 * them) and `SEEK_PASS_NAMESPACE`, as the command line has them.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the application starts, with a sentence for each variable that is missing.
 */
export const seekPassIssuingConfig = seekPassIssuingConfigOf();

/** As {@link seekPassIssuingConfig}, for the registration of that name: `SEEK_PASS_HR_CLAIM_KEY` and so on. */
export function seekPassIssuingConfigOf(registration?: string) {
  const key = ['seekPassIssuing', ...(registration === undefined ? [] : [registration])].join('-');
  return registerAs(key, (): IssuingConfiguration => {
    const variables = variablesOf(registration, process.env);
    return readSettings({
      claimKey: () => listIn(needed(variables, 'claim_key', 'generateClaimKey()')) ?? [],
      namespace: () => needed(variables, 'namespace', 'createNamespace()'),
    });
  });
}

function needed({ nameOf, read }: Variables, setting: string, maker: string): string {
  const text = read(setting);
  if (text !== undefined) return text;
  throw new ConfigurationError(
    `${nameOf(setting)} is missing: restore it from its backup, or make it once with ${maker} before the first award.`,
  );
}
