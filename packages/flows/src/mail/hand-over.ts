import type { MailMessage, MailPort } from './mail-port.ts';

/** What is known after a message was handed over. */
export interface HandedOver {
  readonly outcome: 'accepted' | 'deferred' | 'refused' | 'unknown';
  /** Of a refusal: a status or a short name, never a text of the server, which may quote the address. */
  readonly code?: string;
  readonly retryAfterMs?: number;
}

/** Hands a message to the host's mailer. Whatever it throws means that nobody knows. */
export async function handOver(mail: MailPort, message: MailMessage): Promise<HandedOver> {
  try {
    const answer = await mail.send(message);
    switch (answer.outcome) {
      case 'accepted':
        return { outcome: 'accepted' };
      case 'deferred':
        return {
          outcome: 'deferred',
          ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
        };
      case 'refused':
        return { outcome: 'refused', ...(isCode(answer.code) ? { code: answer.code } : {}) };
      default:
        return { outcome: 'unknown' };
    }
  } catch {
    return { outcome: 'unknown' };
  }
}

function isCode(code: string | undefined): code is string {
  return code !== undefined && /^[A-Za-z0-9._-]{1,40}$/.test(code);
}
