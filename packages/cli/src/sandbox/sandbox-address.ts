import { SandboxError } from '@seek-pass-kit/sandbox';
import type { Sandbox } from '@seek-pass-kit/sandbox';
import { CommandError } from '../command-error.ts';

/** What a program needs to know about a running sandbox. */
export type SandboxAddress = Pick<
  Sandbox,
  'baseUrl' | 'clientId' | 'clientSecret' | 'controlUrl' | 'inboxUrl' | 'smtpPort'
>;

/** The members of {@link SandboxAddress}, and nothing else of a sandbox. */
export function addressOf(sandbox: SandboxAddress): SandboxAddress {
  const { baseUrl, clientId, clientSecret, controlUrl, inboxUrl, smtpPort } = sandbox;
  return { baseUrl, clientId, clientSecret, controlUrl, inboxUrl, smtpPort };
}

/** The line of JSON that tells a program where the sandbox is. */
export function readyLine(sandbox: SandboxAddress): string {
  return JSON.stringify(addressOf(sandbox));
}

/** Throws an error of the sandbox as one for the person at the terminal. */
export function inTermsOfSandbox(error: unknown): never {
  if (error instanceof SandboxError)
    throw new CommandError('sandbox_failed', error.message, { cause: error });
  throw error;
}
