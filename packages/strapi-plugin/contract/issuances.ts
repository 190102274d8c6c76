import type { AwardHistoryLine } from './award-history.ts';
import type { ShownAwardState } from './award-states.ts';

/** The most rows of one page, and how many there are without being asked for. */
export const largestIssuancePage = 100;
export const usualIssuancePage = 25;

/** What makes an award worth a look. */
export const attentionKinds = ['expiring', 'person', 'rejected', 'wallet', 'mail'] as const;

/**
 * - `expiring`: the learner began to add it, and SEEK Pass drops it within 12 hours unless they finish.
 * - `person`: any of the next three: nothing goes on by itself.
 * - `rejected`: SEEK Pass refused it.
 * - `wallet`: it is in the wallet although it was withdrawn or replaced.
 * - `mail`: its mail came back, was refused or may be lost, or its address gets no mail.
 */
export type Attention = (typeof attentionKinds)[number];

/** Which awards to list. Nothing personal: it stands in addresses. */
export interface IssuanceFilter {
  /** `open`: `ready` or `submitted`. */
  readonly state?: Exclude<ShownAwardState, 'not_issued'> | 'open';
  readonly credentialType?: string;
  /** `api::completion.completion` */
  readonly contentType?: string;
  /** Name of the mapping. */
  readonly mapping?: string;
  readonly run?: string;
  /** `strapi:<id>` of the administrator who issued it, or by whose doing it was. */
  readonly who?: string;
  /** Issued at this time or later, and before that one, in milliseconds since the epoch. */
  readonly from?: number;
  readonly until?: number;
  readonly attention?: Attention;
}

/** One award in the list. */
export interface Issuance {
  readonly id: string;
  readonly state: Exclude<ShownAwardState, 'not_issued'>;
  /** Whether SEEK Pass said so, or it was judged by time. */
  readonly evidence: 'observed' | 'inferred';
  /** What became of a credential whose link is closed: `added` means that it is in the wallet all the same. */
  readonly behindClosedLink?: ShownAwardState;
  /** When something happened to it last. Times are milliseconds since the epoch. */
  readonly since: number;
  readonly createdAt: number;
  /** Counts from 1: a correction is the next version. */
  readonly version: number;
  readonly credentialType: string;
  /** Absent when the learner was erased. */
  readonly title?: string;
  /** Only for those who may see personal data, and until the learner is erased; so is `key`. */
  readonly recipient?: { readonly name: string; readonly email: string };
  /** The institution's own name of the award. */
  readonly key?: string;
  /** Where it came from; absent when it was imported. */
  readonly entry?: IssuanceEntry;
  /** When SEEK Pass drops what the learner has begun, unless they finish. */
  readonly expiresAt?: number;
}

/** The entry that an award was made from. */
export interface IssuanceEntry {
  readonly contentType: string;
  /** As the Content Manager calls it: `Completion`. */
  readonly contentTypeName: string;
  readonly documentId: string;
  /** Of a content type that is translated. */
  readonly locale?: string;
  readonly mapping: string;
}

/** Answer of `GET /seek-pass/issuances` and `POST /seek-pass/issuances/search`: newest first. */
export interface IssuancePage {
  readonly issuances: readonly Issuance[];
  /** To be given as `after` for the next page; absent on the last. */
  readonly next?: string;
}

/** Answer of `GET /seek-pass/issuances/counts`. */
export interface IssuanceCounts {
  /** How many awards are in which state; absent for those who may not read every entry. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** Answer of `GET /seek-pass/issuances/filters`: what the list can be narrowed to. */
export interface IssuanceFilterChoices {
  readonly credentialTypes: readonly string[];
  readonly contentTypes: ReadonlyArray<{ readonly uid: string; readonly name: string }>;
  readonly mappings: ReadonlyArray<{ readonly name: string; readonly label: string }>;
}

/** Answer of `GET /seek-pass/issuances/summary`, for the home page. */
export interface IssuanceSummary {
  /** Absent, like the next one, for those who may not read every entry. */
  readonly open?: number;
  readonly added?: number;
  /** Dropped by SEEK Pass within 12 hours, unless the learners finish. */
  readonly expiring: number;
  /** Nothing goes on by itself. At most 1,000 are counted. */
  readonly person: number;
}

/** Answer of `GET /seek-pass/issuances/:id`. */
export interface IssuanceDetail extends Issuance {
  /** Name of whoever issued it. */
  readonly who: string;
  readonly run?: string;
  /** Nobody can claim it before: its recipient was changed. */
  readonly heldUntil?: number;
  /** Of which published version of the entry it was made. */
  readonly sourceVersion?: string;
  /** Oldest first. */
  readonly history: readonly AwardHistoryLine[];
  /** What was sent to SEEK Pass, oldest first. */
  readonly submissions: readonly IssuanceSubmission[];
  /** Newest first. */
  readonly mails: readonly IssuanceMail[];
  /** Why the address gets no mail at all. */
  readonly muted?: 'hard_bounce' | 'complaint' | 'opted_out';
  /** A newer version of the same award. */
  readonly newer?: string;
}

/** One time that a learner was sent on to SEEK Pass. */
export interface IssuanceSubmission {
  readonly attempt: number;
  readonly submittedAt: number;
  readonly outcome: 'open' | 'verified' | 'declined' | 'expired' | 'closed' | 'refused';
}

/** One mail about the award. */
export interface IssuanceMail {
  readonly id: string;
  /** `claim`, `reminder`, `resend`, … */
  readonly kind: string;
  readonly state: string;
  readonly createdAt: number;
  readonly sentAt: number | null;
}

/** Answer of `POST /seek-pass/issuances/:id/allow-mail`. */
export interface IssuanceMailAllowed {
  readonly outcome: 'cleared' | 'not_muted';
}
