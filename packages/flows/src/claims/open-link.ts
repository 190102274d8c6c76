import { problemAnswer } from './answers.ts';
import type { Visit } from './claim-desk.ts';
import { startPath } from './claim-paths.ts';
import { checkClaimToken } from './claim-token.ts';
import { newPass, sentGeneration } from './link-pass.ts';
import { makeRoom, passCookie, passOf } from './opened-link.ts';
import { seeOther } from './page-answers.ts';

/**
 * The claim link itself: seals what it says into a cookie of this browser and leads to an address without the token (security rule 5).
 * It changes nothing: mail scanners open every link.
 */
export async function openLink(visit: Visit, awardId: string, token: string): Promise<Response> {
  const { desk } = visit;
  const { issuer, store, claimKeys, clock } = desk.context;
  const award = await store.read.award(issuer, awardId);
  // An award that does not exist is judged like one that does: the time taken tells nothing.
  const generation = award === undefined ? 1 : sentGeneration(award);
  const verdict = checkClaimToken(claimKeys, token, { issuer, awardId, generation });
  // Nobody is the recipient of an award whose recipient was erased: its links lead nowhere.
  const gone = award === undefined || award.facts.erased !== undefined;
  if (gone || verdict === 'wrong') return problemAnswer(visit, 'unknown_link');
  if (verdict === 'older') return problemAnswer(visit, 'newer_link');
  // Opened a second time, by somebody who has a code in the mail: the code must go on to count in this browser.
  const held = passOf(visit, awardId);
  const pass =
    held?.generation === generation
      ? { ...held, issuedAt: clock.now() }
      : newPass(award, generation, clock.now());
  return seeOther(visit, startPath(desk, awardId), [passCookie(visit, pass), ...makeRoom(visit, awardId)]);
}
