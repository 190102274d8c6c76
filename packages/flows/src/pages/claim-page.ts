import type { Brand } from '../flow-context.ts';
import type { Locale } from '../languages/locale.ts';

/** The names of the fields that the forms of the pages post. */
export const formFields = {
  /** Hidden in every form: {@link PageForm.csrfToken}. */
  csrf: 'csrf',
  code: 'code',
  /** The answer to one of the facts asked for. */
  fact: (name: string): string => `fact.${name}`,
};

/** Where a form of a page posts to, and the token that proves that the page is ours. */
export interface PageForm {
  /** A path of our own origin. */
  readonly action: string;
  readonly csrfToken: string;
}

/** One award as its proven recipient sees it. */
export interface ListedAward {
  /** What the credential is called: the degree, the course, the test. */
  readonly title: string;
  /** The name on the credential: read-only, whoever finds it wrong asks the institution. */
  readonly fullName: string;
  readonly issuerName: string;
  /** `YYYY-MM-DD`, where the credential has one. */
  readonly date?: string;
  /** `again`: it was added, declined or closed before, the page warns first. */
  readonly standing:
    | 'ready'
    | 'started'
    | 'added'
    | 'declined'
    | 'closed'
    | 'paused'
    | 'needs_mending'
    | 'withdrawn';
  /** Absent when it cannot be claimed now. */
  readonly add?: PageForm & { readonly again: boolean };
}

/** Why a typed answer did not prove the recipient. `used_up`: ask for a new code. */
export type ProofProblem = 'wrong' | 'expired' | 'used_up';

/**
 * Every page of a claim, as data; `renderClaimPage` makes the HTML. None before the proof (`start`, `code`, `facts`, and all
 * `problem`s but those of one award) tells anything about an award or a person.
 */
export type ClaimPage =
  /**
   * The first page of every link: what this is, and the button that mails a code. `withoutCode`: the host's sign-in or the link
   * itself is the proof, and the button goes on at once.
   */
  | { readonly page: 'start'; readonly send: PageForm; readonly withoutCode?: boolean }
  /** A code was mailed to the address on record, which the page does not name. */
  | {
      readonly page: 'code';
      readonly check: PageForm;
      readonly resend: PageForm;
      readonly minutes: number;
      readonly problem?: ProofProblem;
    }
  /** Facts only the person should know, asked for by name (`student_number`), besides the code. */
  | {
      readonly page: 'facts';
      readonly check: PageForm;
      readonly facts: readonly string[];
      readonly problem?: ProofProblem;
    }
  /** After the proof: everything of this recipient, with the POST that adds. */
  | {
      readonly page: 'awards';
      readonly awards: readonly ListedAward[];
      readonly opened?: 'withdrawn' | 'superseded';
      readonly signOut: PageForm;
    }
  /** It was added, declined or closed before: asked once more. */
  | { readonly page: 'again'; readonly award: ListedAward; readonly back: string }
  /** Shown for a moment, then the handler's `Refresh` header leads on to SEEK Pass. Reminds of the app sign-in that finishes the flow. */
  | { readonly page: 'loading'; readonly title: string; readonly redirectUri: string }
  | {
      readonly page: 'problem';
      readonly problem: ClaimProblem;
      readonly retry?: PageForm;
      readonly back?: string;
    };

/** One kind of {@link ClaimPage}. */
export type PageNamed<Name extends ClaimPage['page']> = Extract<ClaimPage, { readonly page: Name }>;

/**
 * - `unknown_link`: no such link, or it was cut off in the mail.
 * - `newer_link`: a newer link was sent.
 * - `link_expired`: the 30 minutes of this browser are over: open the link again.
 * - `wrong_person`: the host's sign-in is somebody else's, or somebody acts in another's name.
 * - `guardian_needed`: the recipient is under age.
 * - `unavailable`: SEEK Pass does not answer; the place is kept.
 * - `paused`: the institution stopped issuing for now; the link stays good.
 * - `rejected`: SEEK Pass refused the credential; the institution must mend it.
 * - `mail_failed`: the code could not be mailed now.
 * - `too_many`: wait and try again.
 * - `handoff_over`: the minute in which the host's button leads here is over, or it was used: press it again.
 * - `foreign_form`: the form did not come from our page, or the browser refuses cookies.
 * - `ours`: a fault of ours.
 */
export type ClaimProblem =
  | 'unknown_link'
  | 'newer_link'
  | 'link_expired'
  | 'withdrawn'
  | 'wrong_person'
  | 'guardian_needed'
  | 'unavailable'
  | 'paused'
  | 'rejected'
  | 'mail_failed'
  | 'too_many'
  | 'handoff_over'
  | 'foreign_form'
  | 'ours';

/** What a page is drawn with, besides its contents. */
export interface PageFrame {
  readonly brand: Brand;
  readonly locale: Locale;
  /** Path of the logo, when the brand has one. */
  readonly logoPath?: string;
  /** Links to the same page in the other languages. */
  readonly languages: readonly { readonly locale: Locale; readonly href: string }[];
}
