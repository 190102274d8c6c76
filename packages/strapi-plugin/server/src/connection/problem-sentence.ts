import { SeekPassError } from '@seek-pass-kit/core';
import { errorName } from '@seek-pass-kit/flows/node';

/** Whether a connection did not open because of what the site is set up with: it does not open by itself later. */
export function isProblemOfSettings(error: unknown): boolean {
  return SeekPassError.is(error) && error.code === 'invalid_configuration';
}

/** What staff are told when the connection does not open. Only sentences of ours: any other error may quote a secret. */
export function problemSentence(error: unknown): string {
  if (isProblemOfSettings(error)) return (error as SeekPassError).message;
  return `The connection could not be opened (${errorName(error)}). It is tried again by itself; the log of Strapi says more.`;
}
