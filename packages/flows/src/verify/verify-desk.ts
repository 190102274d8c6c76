import { csrfToken } from '../claims/csrf-token.ts';
import type { PageDesk, PageVisit } from '../claims/page-desk.ts';
import type { PageForm } from '../pages/claim-page.ts';
import type { VerificationRow } from '../store/verifications.ts';
import { type BrowserPass, passIn } from './browser-pass.ts';
import type { VerifyContext } from './verify-context.ts';
import { isSameHash, plainHash } from './verify-secrets.ts';

/** What every answer of the verify pages is made with. */
export type VerifyDesk = PageDesk<VerifyContext>;

/** One request and what it is answered with. */
export interface VerifyVisit extends PageVisit {
  readonly desk: VerifyDesk;
}

/** Where this browser reads what came of it. */
export function resultPath({ basePath }: VerifyDesk, verificationId: string): string {
  return `${basePath}/result/${verificationId}`;
}

/** Where the first page of an opened start link is, without its token. */
export function startPath({ basePath }: VerifyDesk, verificationId: string): string {
  return `${basePath}/start/${verificationId}`;
}

/** The form of the start page, for the browser with this pass. */
export function startForm(desk: VerifyDesk, { verificationId, secret }: BrowserPass): PageForm {
  return {
    action: startPath(desk, verificationId),
    csrfToken: csrfToken([desk.context.secrets], secret),
  };
}

/** What this browser has of a verification. */
export function passOf({ desk, request }: VerifyVisit, verificationId: string): BrowserPass | undefined {
  return passIn(desk.cookies, desk.context.secrets, request, verificationId);
}

/** Whether the browser with this pass is the one that started. */
export function isStarter({ browserHash }: VerificationRow, pass: BrowserPass | undefined): boolean {
  return pass !== undefined && browserHash !== null && isSameHash(plainHash(pass.secret), browserHash);
}
