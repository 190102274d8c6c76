import { SeekPassError, verifyWebhook, WebhookSignatureError } from '../../src/webhooks/index.ts';

/** Calls as JavaScript callers can: with anything. Returns `accepted`, or the reason or code of our own error. */
export function outcomeOf(input: Record<string, unknown>): string {
  try {
    Reflect.apply(verifyWebhook, undefined, [input]);
    return 'accepted';
  } catch (error) {
    if (error instanceof WebhookSignatureError) return error.reason;
    if (SeekPassError.is(error)) return error.code;
    return `not our error: ${String(error)}`;
  }
}
