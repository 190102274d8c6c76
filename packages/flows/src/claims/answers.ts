import type { ClaimPage, ClaimProblem, PageForm } from '../pages/claim-page.ts';
import { renderClaimPage } from '../pages/render-claim-page.ts';
import { type AnswerExtras, htmlAnswer } from './page-answers.ts';
import type { PageVisit } from './page-desk.ts';

/** Answers with a page. */
export function pageAnswer(visit: PageVisit, page: ClaimPage, extras: AnswerExtras = {}): Response {
  return htmlAnswer(visit, (frame) => renderClaimPage(page, frame), extras);
}

const problemStatus: Readonly<Record<ClaimProblem, number>> = {
  unknown_link: 404,
  newer_link: 410,
  link_expired: 403,
  withdrawn: 410,
  wrong_person: 403,
  guardian_needed: 403,
  unavailable: 503,
  paused: 409,
  rejected: 409,
  mail_failed: 503,
  too_many: 429,
  handoff_over: 410,
  foreign_form: 403,
  ours: 500,
};

/** What a problem page has besides its words. */
export interface ProblemExtras extends AnswerExtras {
  readonly retry?: PageForm;
  readonly back?: string;
  readonly retryAfterMs?: number;
}

/** Answers with the page of a problem, and its status. */
export function problemAnswer(visit: PageVisit, problem: ClaimProblem, extras: ProblemExtras = {}): Response {
  const { retry, back, retryAfterMs, headers, ...rest } = extras;
  const page: ClaimPage = {
    page: 'problem',
    problem,
    ...(retry === undefined ? {} : { retry }),
    ...(back === undefined ? {} : { back }),
  };
  const wait =
    retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) };
  return pageAnswer(visit, page, {
    status: problemStatus[problem],
    ...rest,
    headers: { ...wait, ...headers },
  });
}
