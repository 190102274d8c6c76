import type { AwardState } from '@seek-pass-kit/flows';

/** What a learner of a rehearsal does with the mail. */
export type Plan =
  | 'adds'
  | 'adds_without_the_app'
  | 'comes_twice'
  | 'forwards_the_mail'
  | 'follows_a_dead_link'
  | 'types_a_wrong_code'
  | 'declines'
  | 'declines_then_adds'
  | 'lets_it_expire'
  | 'adds_after_expiry'
  | 'never_comes'
  | 'is_withdrawn';

/** How a submission has ended at SEEK Pass, who ended it, and what became of the wallet's copy. */
export type SubmissionEnd = 'in_wallet' | 'lost_without_app' | 'declined' | 'expired';

/** What a plan is, and where it has to end. */
export interface PlannedEnd {
  /** As the report says it. */
  readonly words: string;
  /** How many of 100 learners do so. */
  readonly share: number;
  readonly state: AwardState;
  /** By attempt. */
  readonly submissions: readonly SubmissionEnd[];
}

/** All plans. The shares are guesses, made so that every way occurs; they add up to 100. */
export const plannedEnds: Readonly<Record<Plan, PlannedEnd>> = {
  adds: { words: 'adds it', share: 60, state: 'added', submissions: ['in_wallet'] },
  adds_without_the_app: {
    words: 'adds it, never opens the app',
    share: 2,
    state: 'added',
    submissions: ['lost_without_app'],
  },
  comes_twice: {
    words: 'presses in two tabs, comes twice',
    share: 6,
    state: 'added',
    submissions: ['in_wallet'],
  },
  forwards_the_mail: {
    words: 'forwards the mail, then adds it',
    share: 4,
    state: 'added',
    submissions: ['in_wallet'],
  },
  follows_a_dead_link: {
    words: 'follows a dead link, gets a new one',
    share: 3,
    state: 'added',
    submissions: ['in_wallet'],
  },
  types_a_wrong_code: {
    words: 'types a wrong code first',
    share: 4,
    state: 'added',
    submissions: ['in_wallet'],
  },
  declines: { words: 'declines', share: 3, state: 'declined', submissions: ['declined'] },
  declines_then_adds: {
    words: 'declines, adds it on day 3',
    share: 2,
    state: 'added',
    submissions: ['declined', 'in_wallet'],
  },
  lets_it_expire: { words: 'starts and lets it expire', share: 4, state: 'ready', submissions: ['expired'] },
  adds_after_expiry: {
    words: 'lets it expire, adds it on day 3',
    share: 4,
    state: 'added',
    submissions: ['expired', 'in_wallet'],
  },
  never_comes: { words: 'never opens the mail', share: 6, state: 'ready', submissions: [] },
  is_withdrawn: { words: 'finds it withdrawn', share: 2, state: 'withdrawn', submissions: [] },
};

/** The plans, in the order of the report. */
export const plans = Object.keys(plannedEnds) as readonly Plan[];

/** The plan of a learner, by where a number from 0 up to, not including, 100 falls among the shares. */
export function planAt(percent: number): Plan {
  let end = 0;
  for (const plan of plans) {
    end += plannedEnds[plan].share;
    if (percent < end) return plan;
  }
  return 'adds';
}
