import type { ShownAwardState } from './award-states.ts';

/** One award as the end user who has it sees it. Of nobody else, and without a link that could be passed on. */
export interface MyAward {
  readonly id: string;
  /** What it is called: the course, the test, the licence. */
  readonly title: string;
  readonly credentialType: string;
  readonly state: ShownAwardState;
  /** The state in words, in the language asked for. */
  readonly stateText: string;
  /** ISO 8601. */
  readonly issuedAt: string;
  /** Whether its page lets the person add it now. `again`: it was added, declined or closed before, and the page asks first. */
  readonly mayAdd: 'yes' | 'again' | 'not_now' | 'no';
}

/** Answer of `GET /api/seek-pass/me/awards`: newest first. */
export interface MyAwards {
  readonly data: readonly MyAward[];
}

/** Answer of `POST /api/seek-pass/me/awards/:id/claim`. */
export interface MyClaim {
  readonly data: {
    /** For the browser of this person, who opens it at once: it works once. */
    readonly url: string;
    /** ISO 8601. */
    readonly expiresAt: string;
  };
}
