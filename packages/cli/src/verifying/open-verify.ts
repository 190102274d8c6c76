import { createVerifyFlow, type VerifyFlow, type VerifyFlowOptions } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';
import type { Config } from '../config/config-shape.ts';
import { given } from '../config/given.ts';
import type { Settings } from '../config/settings.ts';
import { brandOf } from '../flow/brand.ts';
import { briefly, inTermsOfFiles, openFlow, type OpenFlow } from '../flow/open-flow.ts';

/** Where the verify pages are: `verify.url` of the config, else beside the claim pages. */
export function verifyUrlOf({ claimBaseUrl, verify }: Config): string {
  return verify?.url ?? `${new URL(claimBaseUrl).origin}/verify`;
}

/** The verify flow of an issuer, started. */
export async function verifyFlowOf(
  { store, seekPass, keys }: OpenFlow,
  settings: Settings,
  options: Pick<VerifyFlowOptions, 'onDecision' | 'onNotice'> = {},
): Promise<VerifyFlow> {
  const { config } = settings;
  const { keepResultDays, giveUpAfterHours } = config.verify ?? {};
  const flow = createVerifyFlow({
    environment: config.environment,
    seekPass,
    store,
    keys,
    callbackBaseUrl: verifyUrlOf(config),
    brand: await brandOf(settings),
    ...given({
      issuer: config.issuer,
      defaultLocale: config.locale,
      retention: keepResultDays === undefined ? undefined : { resultForDays: keepResultDays },
      giveUpAfterMs: giveUpAfterHours === undefined ? undefined : giveUpAfterHours * 3_600_000,
    }),
    ...options,
  });
  await flow.start();
  return flow;
}

/**
 * Opens the verify flow beside what serves it, does `work` with it and closes it again.
 *
 * @throws {CommandError} `wrong_setting` when the settings have no `verify`.
 */
export async function withVerifyFlow<Result>(
  settings: Settings,
  work: (flow: VerifyFlow) => Promise<Result>,
): Promise<Result> {
  if (settings.config.verify === undefined) {
    throw new CommandError(
      'wrong_setting',
      `${settings.file}: verify is missing: write "verify: {}" and start seek-pass serve again, which then serves the pages of verifications.`,
    );
  }
  const opened = await openFlow(settings, briefly);
  try {
    return await work(await verifyFlowOf(opened, settings));
  } catch (error) {
    throw inTermsOfFiles(error, settings);
  } finally {
    await opened.close();
  }
}
