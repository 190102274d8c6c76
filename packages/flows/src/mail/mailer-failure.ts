import { reasonOf, verdictOf } from '../smtp/smtp-verdict.ts';
import type { MailOutcome } from './mail-port.ts';

/** What a mailer of the host threw. */
export interface MailerFailure {
  /** Absent: nobody knows whether the mail went out. Throw on then, so that it is listed and not sent again by itself. */
  readonly outcome?: MailOutcome;
  /** A code and a status, for a log: nothing that a server wrote, no address. */
  readonly why: string;
}

/**
 * Errors before any mail could be sent. The command that nodemailer names says nothing: a connection that breaks in the middle of a mail is
 * `CONN`, too.
 */
const beforeTheMail = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EDNS', 'EAUTH', 'ETLS']);

/**
 * Reads what a mailer threw that is not ours: nodemailer, or a client of a mail service's HTTP API. Only what is certain is read as an outcome:
 * an answer that refuses, or that nobody was reached. What is about us (log-in, quota) waits for a person to mend it; what is about this
 * mail is refused. After anything else, the mail may have gone out.
 */
export function readMailerFailure(error: unknown): MailerFailure {
  const status = httpStatusOf(error);
  if (status !== undefined) return { ...ofHttp(status), why: `HTTP ${status}` };
  const why = reasonOf(error);
  const verdict = verdictOf(error, true);
  if (typeof verdict === 'object') return { outcome: verdict, why };
  const { code, syscall } = Object(error) as Partial<Record<string, unknown>>;
  const notReached = (typeof code === 'string' && beforeTheMail.has(code)) || syscall === 'connect';
  return notReached ? { outcome: { outcome: 'deferred' }, why } : { why };
}

/** Answers that are about this mail, and not about who sends it. */
const aboutTheMail = new Set([400, 413, 422]);
/** Answers after which nothing was sent, and which somebody can mend. */
const aboutUs = new Set([401, 402, 403, 404, 405, 407, 429]);

function ofHttp(status: number): Pick<MailerFailure, 'outcome'> {
  if (aboutTheMail.has(status)) return { outcome: { outcome: 'refused', code: String(status) } };
  if (aboutUs.has(status)) return { outcome: { outcome: 'deferred' } };
  return {};
}

/** Clients of mail services have it in several places. An SMTP status stands elsewhere (`responseCode`). */
function httpStatusOf(error: unknown): number | undefined {
  const { responseCode, statusCode, status, code, response, $metadata } = Object(error) as Partial<
    Record<string, unknown>
  >;
  if (responseCode !== undefined) return undefined;
  const answer = Object(response) as Partial<Record<string, unknown>>;
  const metadata = Object($metadata) as Partial<Record<string, unknown>>;
  return [statusCode, status, answer['statusCode'], answer['status'], metadata['httpStatusCode'], code].find(
    (value): value is number => typeof value === 'number' && value >= 400 && value <= 599,
  );
}
