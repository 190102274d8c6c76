import type { Visit } from './claim-desk.ts';
import { awardsPath } from './claim-paths.ts';
import { endSession, sessionIdOf } from './claim-session.ts';
import { readForm } from './form-guard.ts';
import { passCookiePrefix } from './opened-link.ts';
import { seeOther } from './page-answers.ts';

/** POST: ends the proof and forgets every link that was opened in this browser. */
export async function signOut(visit: Visit): Promise<Response> {
  const form = await readForm(visit, sessionIdOf(visit));
  if ('refused' in form) return form.refused;
  const { desk, request } = visit;
  const passes = desk.cookies.namesLike(request, passCookiePrefix);
  const cookies = passes.map((name) => ({ name, maxAgeSeconds: 0 }));
  return seeOther(visit, awardsPath(desk), [await endSession(visit), ...cookies]);
}
