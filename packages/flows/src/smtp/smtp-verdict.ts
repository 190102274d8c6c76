import type { MailOutcome } from '../mail/mail-port.ts';

/** What a failed attempt tells. */
export type SmtpVerdict = MailOutcome | 'unknown' | 'connection_lost';

/** What nodemailer says about a failure. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

/**
 * Reads a failure. An answer of the server is certain: 4xx is later; 5xx is never, when it is about this recipient or this
 * message. One that refuses us (log-in, sender) is a setting that a person mends while mails wait. Without an answer all
 * depends on whether any of the message had been sent: if so, nobody knows.
 */
export function verdictOf(error: unknown, messageBegun: boolean): SmtpVerdict {
  const { code, command, response, responseCode } = Object(error) as SmtpFailure;
  const status = typeof responseCode === 'number' ? responseCode : 0;
  const answered = status >= 400 && status <= 599;
  if (!answered) {
    if (messageBegun) return 'unknown';
    return code === 'ECONNECTION' || code === 'ESOCKET' ? 'connection_lost' : { outcome: 'deferred' };
  }
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (status < 500 || !aboutThisMail) return { outcome: 'deferred' };
  return { outcome: 'refused', code: codeOf(response, status) };
}

/**
 * Why something did not work, for a log: what nodemailer calls it and the status of the server, such as `EAUTH 535 5.7.8`.
 * Nothing that the server wrote, and no setting.
 */
export function reasonOf(error: unknown): string {
  const { code, response, responseCode } = Object(error) as SmtpFailure;
  const name = typeof code === 'string' && /^[A-Z_]{2,30}$/.test(code) ? code : 'FAILED';
  if (typeof responseCode !== 'number') return name;
  const enhanced = codeOf(response, responseCode);
  return enhanced === String(responseCode)
    ? `${name} ${responseCode}`
    : `${name} ${responseCode} ${enhanced}`;
}

/** The enhanced status (`5.1.1`) where the server gives one: it says more than `550`. Never its text, which may quote the address. */
function codeOf(response: unknown, status: number): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response))?.[1];
  return enhanced ?? String(status);
}
