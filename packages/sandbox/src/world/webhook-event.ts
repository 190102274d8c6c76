import { createHmac } from 'node:crypto';

/** A webhook's body: thin, without personal data (docs: "Webhooks"). */
export interface WebhookEvent {
  readonly event_id: string;
  readonly request_id: string;
  /**
   * `vwsp_request.verified`, or by assumption `canceled_event` `vwsp_request.canceled`. Any text, so that a test can send a type
   * that does not exist yet.
   */
  readonly type: string;
  /** ISO 8601, UTC, with microseconds. */
  readonly created_at: string;
}

/** `2026-01-01T12:00:00.000000Z`: the sample event has microseconds, which a JavaScript date does not know. */
export function microsecondTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

/** The two headers that sign a webhook: HMAC-SHA256 over timestamp, dot and body, in lower-case hex. */
export function signatureHeaders(
  secret: string,
  timestampSeconds: number,
  body: string,
): Record<string, string> {
  const timestamp = String(timestampSeconds);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'X-Timestamp': timestamp, 'X-Signature': signature };
}
