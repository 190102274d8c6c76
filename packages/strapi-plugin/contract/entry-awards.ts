import type { AwardHistoryLine } from './award-history.ts';
import type { ShownAwardState } from './award-states.ts';
import type { EntryPlace } from './entry-place.ts';
import type { EntryPreview, MappingFinding } from './mapping.ts';

/** What issuing does, as flows say it: nothing (`unchanged`), a first credential, or something to the one that the learner may have. */
export type IssueEffect = 'created' | 'unchanged' | 'replaces' | 'adds-a-second' | 'undocumented' | 'refused';

/** At most so many entries are asked about at once: the largest page of Strapi's lists. */
export const mostEntriesAsked = 100;

/** Where the award of an entry stands that one mapping makes. */
export interface EntryAwardState {
  /** Name of the mapping. */
  readonly mapping: string;
  /** What staff call it. */
  readonly label: string;
  readonly state: ShownAwardState;
  /** Whether SEEK Pass said so, or it was judged by time. */
  readonly evidence: 'observed' | 'inferred';
  /** What became of a credential whose link is closed: `added` means that it is in the wallet all the same. */
  readonly behindClosedLink?: ShownAwardState;
  /** The published entry is a newer one than the award was made from. */
  readonly changed: boolean;
}

/** Answer of `POST /seek-pass/entries/states`. Entries that the asker cannot read are left out. */
export interface EntryStates {
  readonly states: Readonly<Record<string, readonly EntryAwardState[]>>;
}

/** Everything that the page of an entry shows of one award. */
export interface EntryAward extends EntryAwardState {
  /** Whether the mapping exists and is on: nothing is issued by another. */
  readonly mayIssue: boolean;
  /** Absent when nothing was issued. */
  readonly issued?: {
    readonly awardId: string;
    /** Of the award, from 1. */
    readonly version: number;
    readonly at: number;
    readonly who: string;
    /** Which published version of the entry it was made from: when that was published or saved. */
    readonly entryVersion?: string;
    /** Nobody can claim it before; its recipient was changed. */
    readonly heldUntil?: number;
  };
  /** Only for those who may see personal data, and until the learner is erased. */
  readonly recipient?: { readonly name: string; readonly email: string };
  /** Oldest first, of the newest version. */
  readonly history: readonly AwardHistoryLine[];
}

/** Answer of `GET /seek-pass/entries/awards`. */
export interface EntryAwards {
  /** The published version of the entry, by when it was published or saved; `null` when there is none. */
  readonly published: string | null;
  /** One for each mapping of the content type, and for those by which it was issued before. Empty: there is none. */
  readonly awards: readonly EntryAward[];
}

/** Names one award of an entry. */
export interface EntryAwardPlace extends EntryPlace {
  /** Name of the mapping. */
  readonly mapping: string;
}

/** Answer of `GET /seek-pass/entries/preview`: what issuing would do, and what SEEK Pass would display. */
export interface IssuePreview {
  readonly effect: IssueEffect;
  /** What staff call the mapping. */
  readonly label: string;
  readonly credentialType: string;
  /** Absent when the entry has no published version. */
  readonly preview?: EntryPreview;
  /** Only for those who may see personal data. */
  readonly recipient?: { readonly name: string; readonly email: string };
  readonly findings: readonly MappingFinding[];
  /** It was withdrawn before; issuing gives it again. */
  readonly withdrawn: boolean;
  /** Which published version this is: when it was published or saved. */
  readonly entryVersion?: string;
  /** Names what was shown: issuing with it issues this and nothing else. Absent when it cannot be issued. */
  readonly seen?: string;
}

/** Answer of `POST /seek-pass/entries/issue`. */
export interface EntryIssued {
  readonly result: IssueEffect;
  readonly awardId?: string;
  readonly findings: readonly MappingFinding[];
}

/** Answer of `POST /seek-pass/entries/link`. Each time it is asked for, the history says who did. */
export interface EntryLink {
  readonly url: string;
  /** A QR code of it, an SVG document. */
  readonly qr: string;
}

/** Answer of `GET /seek-pass/mapped-content-types`: the content types whose entries can be issued. */
export interface MappedContentTypes {
  readonly contentTypes: readonly string[];
}
