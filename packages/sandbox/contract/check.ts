import { randomUUID } from 'node:crypto';
import type { ApiAnswer, PartnerApi } from './partner-api.ts';

/** What a check saw. */
export interface Observation {
  /** In a few words, without ids and secrets, so that two targets can be compared. */
  readonly seen: string;
  /** Whether it is what the check expects. */
  readonly asExpected: boolean;
}

/** One question to a SEEK Pass. */
export interface ContractCheck {
  /** Name of the behaviour in the list of the sandbox: tells whether it is documented or assumed. */
  readonly behaviour: string;
  /** What is tried, in a few words. */
  readonly trying: string;
  /** What should come of it, in a few words. */
  readonly expected: string;
  readonly observe: (api: PartnerApi) => Promise<Observation>;
}

/** An id of our own that no earlier run used. */
export function freshId(): string {
  return `CONTRACT-${randomUUID()}`;
}

/** A check that expects one status. */
export function expectStatus(status: number, answer: ApiAnswer): Observation {
  return { seen: String(answer.status), asExpected: answer.status === status };
}

/** A check that expects to be refused; with which status is not documented, so any 4xx but 429 will do. */
export function expectRefusal(answer: ApiAnswer): Observation {
  const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
  return { seen: String(answer.status), asExpected: refused };
}

/** A check that expects a link, described by {@link linkForm}. */
export function expectLink(form: string, answer: ApiAnswer): Observation {
  const seen = answer.status === 201 ? `201 ${linkForm(answer)}` : String(answer.status);
  return { seen, asExpected: seen === `201 ${form}` };
}

/** The form of a redirect URI, without its values: `/partner/add/education#clientId,documentType,content`. */
export function linkForm({ body }: ApiAnswer): string {
  const link = body['redirect_uri'];
  if (typeof link !== 'string' || !URL.canParse(link)) return 'without a redirect_uri';
  const url = new URL(link);
  return `${url.pathname}#${[...new URLSearchParams(url.hash.slice(1)).keys()].join(',')}`;
}
