import { isConfigurationError } from '../registration/named-error.ts';

/** A middleware of the application did not do its part. The message names it and what went wrong, and nothing that it said. */
export class ApplicationFailure extends Error {
  override readonly name = 'ApplicationFailure';
}

/**
 * Why a claim page failed, in words for the log, when they are our own: what the application threw may say too much. Without the signs that
 * a log lets through in no reason.
 */
export function reasonOf(error: unknown): string | undefined {
  return wordsOf(error)
    ?.replaceAll(/[^\w :.-]/g, '')
    .slice(0, 160);
}

function wordsOf(error: unknown): string | undefined {
  if (error instanceof ApplicationFailure || isConfigurationError(error)) return error.message;
  // It names the setting as the flows do. By its name, so that the flows need not be loaded.
  return error instanceof Error && error.name === 'HostFailure' ? `claimPages.${error.message}` : undefined;
}
