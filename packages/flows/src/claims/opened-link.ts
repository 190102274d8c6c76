import type { AwardRow } from '../store/rows.ts';
import { problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import type { NewCookie } from './cookies.ts';
import { type LinkPass, openPass, passLifeMs, sealPass, sentGeneration } from './link-pass.ts';

/** Start of the names of the cookies that hold passes. */
export const passCookiePrefix = 'claim-pass-';

/** The pass that this browser has for an award, as its cookie says; the award may have changed since. */
export function passOf({ desk, request }: Visit, awardId: string): LinkPass | undefined {
  const { issuer, clock } = desk.context;
  const cookie = desk.cookies.read(request, passCookiePrefix + awardId);
  return cookie === undefined ? undefined : openPass(desk.secrets, issuer, awardId, cookie, clock.now());
}

/** The cookie that holds a pass. */
export function passCookie({ desk }: Visit, pass: LinkPass): NewCookie {
  const value = sealPass(desk.secrets, desk.context.issuer, pass);
  return { name: passCookiePrefix + pass.awardId, value, maxAgeSeconds: passLifeMs / 1_000 };
}

/** Each pass takes some 220 bytes of every request to this origin; servers refuse headers that are too long, most of them at 8 kB. */
const mostPasses = 8;

/** Removes the oldest passes of a browser, so that there is room for one more of `awardId`. Their links open again. */
export function makeRoom(visit: Visit, awardId: string): NewCookie[] {
  const others = visit.desk.cookies
    .namesLike(visit.request, passCookiePrefix)
    .filter((name) => name !== passCookiePrefix + awardId)
    .map((name) => ({ name, issuedAt: passOf(visit, name.slice(passCookiePrefix.length))?.issuedAt ?? 0 }));
  return others
    .toSorted((a, b) => b.issuedAt - a.issuedAt)
    .slice(mostPasses - 1)
    .map(({ name }) => ({ name, maxAgeSeconds: 0 }));
}

/** An award, and that this browser opened its newest link. */
export interface OpenedAward {
  readonly award: AwardRow;
  readonly pass: LinkPass;
}

/** The award whose link this browser opened, or the answer to a browser whose link is over. */
export async function openedAward(
  visit: Visit,
  pass: LinkPass | undefined,
): Promise<OpenedAward | { readonly refused: Response }> {
  const { issuer, store } = visit.desk.context;
  if (pass === undefined) return { refused: problemAnswer(visit, 'link_expired') };
  const award = await store.read.award(issuer, pass.awardId);
  if (award === undefined || award.facts.erased !== undefined) {
    return { refused: problemAnswer(visit, 'unknown_link') };
  }
  if (sentGeneration(award) !== pass.generation) return { refused: problemAnswer(visit, 'newer_link') };
  return { award, pass };
}
