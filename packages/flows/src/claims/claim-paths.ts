import type { PageForm } from '../pages/claim-page.ts';
import type { ClaimDesk } from './claim-desk.ts';
import { csrfToken } from './csrf-token.ts';

/** What of an award's pages a path leads to. */
export type AwardStep = 'code' | 'proof' | 'facts' | 'add';

/** Where the first page of an opened link is, without its token. */
export function startPath({ basePath }: ClaimDesk, awardId: string): string {
  return `${basePath}/${awardId}`;
}

export function stepPath(desk: ClaimDesk, awardId: string, step: AwardStep): string {
  return `${startPath(desk, awardId)}/${step}`;
}

/** Everything of one recipient. `opened`: the award whose link led here. */
export function awardsPath({ basePath }: ClaimDesk, opened?: string): string {
  return `${basePath}/awards${opened === undefined ? '' : `?opened=${opened}`}`;
}

/** Where somebody comes whom the host handed over. */
export function handoffPath({ basePath }: ClaimDesk): string {
  return `${basePath}/handoff`;
}

/** A form of ours for the browser whose cookie holds this id. */
export function formTo({ secrets }: ClaimDesk, action: string, cookieId: string): PageForm {
  return { action, csrfToken: csrfToken(secrets, cookieId) };
}
