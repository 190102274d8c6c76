import { type AnswerExtras, htmlAnswer } from '../claims/page-answers.ts';
import { renderVerifyPage } from './pages/render-verify-page.ts';
import type { VerifyPage } from './pages/verify-page.ts';
import type { VerifyVisit } from './verify-desk.ts';

const pageStatus: Readonly<Record<VerifyPage['page'], number>> = {
  start: 200,
  waiting: 200,
  confirmed: 200,
  somebody_else: 200,
  looked_at: 200,
  canceled: 200,
  unfinished: 200,
  elsewhere: 200,
  over: 410,
  used: 410,
  unknown_link: 404,
  foreign_form: 403,
  unavailable: 503,
  rejected: 409,
  too_many: 429,
  ours: 500,
};

/** Answers with a page. */
export function verifyAnswer(visit: VerifyVisit, page: VerifyPage, extras: AnswerExtras = {}): Response {
  const status = pageStatus[page.page];
  return htmlAnswer(visit, (frame) => renderVerifyPage(page, frame), { status, ...extras });
}
