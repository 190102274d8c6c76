import { SeekPass } from '@seek-pass-kit/core';
import type { Settings } from '../config/settings.ts';
import { clientOptionsOf } from '../flow/open-flow.ts';
import type { Judgement } from './finding.ts';
import { judgeClaimPages, judgePlainHttp, notVisited } from './judge-claim-pages.ts';
import { visit } from './visit.ts';

/** Looks at the claim pages through their public address, as a learner's browser would, and changes nothing there. */
export async function lookAtClaimPages(settings: Settings, now: number): Promise<Judgement[]> {
  const { claimBaseUrl, brand } = settings.config;
  const redirectOrigin = await redirectOriginOf(settings);
  if (redirectOrigin === undefined)
    return [notVisited('the settings of SEEK Pass are to be corrected first')];
  // No award has such an id: an answer costs the host nothing, and its log holds nothing.
  const answered = await visit(`${claimBaseUrl}/seek-pass-doctor`);
  const expected = { claimBaseUrl, brandName: brand.name, redirectOrigin };
  const found = judgeClaimPages(answered, expected, now);
  const { protocol, hostname, pathname } = new URL(claimBaseUrl);
  if (protocol !== 'https:' || !answered.answered) return found;
  return [...found, judgePlainHttp(await visit(`http://${hostname}${pathname}/seek-pass-doctor`))];
}

async function redirectOriginOf(settings: Settings): Promise<string | undefined> {
  try {
    const seekPass = new SeekPass(clientOptionsOf(settings));
    await seekPass.close();
    return seekPass.redirectOrigin;
  } catch {
    return undefined;
  }
}
