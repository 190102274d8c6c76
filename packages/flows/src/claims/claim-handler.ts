import type { Connection } from '../connection.ts';
import type { FlowContext } from '../flow-context.ts';
import { createOptOutHandler } from '../mail/opt-out.ts';
import { addAward } from './add-step.ts';
import { problemAnswer } from './answers.ts';
import { awardsStep } from './awards-step.ts';
import { openClaimDesk, type Visit } from './claim-desk.ts';
import type { ClaimHandlerOptions } from './claim-handler-options.ts';
import { awardsPath, startPath } from './claim-paths.ts';
import { type ClaimRoute, routeOf } from './claim-routes.ts';
import { codeStep, sendCode } from './code-step.ts';
import { answerFacts, factsStep } from './facts-step.ts';
import { handoffStep, openHandoff, takeHandoff } from './handoff-step.ts';
import { openLink } from './open-link.ts';
import { logoAnswer, seeOther } from './page-answers.ts';
import { prove } from './proof-step.ts';
import { signOut } from './sign-out.ts';
import { startStep } from './start-step.ts';

/**
 * Answers the requests of the claim pages. `connection` tells the address at the other end of the socket; without it nothing is limited by
 * network. `host`, `guardian` and `prepare` of the settings get it too. It never rejects: what goes wrong is a page, and `onError` is told.
 */
export type ClaimHandler = (request: Request, connection?: Connection) => Promise<Response>;

/**
 * Makes the handler of everything below `claimBaseUrl`: the links of the mails, the proof, the page of a recipient's awards, the one POST
 * that submits, and where reminders are stopped. Any number of processes may run it over one store.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the setting.
 */
export function createClaimHandler(context: FlowContext, options: ClaimHandlerOptions = {}): ClaimHandler {
  const desk = openClaimDesk(context, options);
  const optOut = createOptOutHandler(context);
  return async (request, connection = {}) => {
    const url = new URL(request.url);
    const visit: Visit = { desk, request, url, connection };
    const route = routeOf(desk.basePath, url.pathname);
    try {
      if (route.to === 'opt-out') return await optOut(request);
      if (asksHost.has(route.to)) await desk.rules.prepare(request, connection);
      return await answer(visit, route);
    } catch (error) {
      const at = { route: route.to, ...('awardId' in route ? { awardId: route.awardId } : {}) };
      tell(() => desk.rules.onError(error, at));
      return problemAnswer(visit, 'ours');
    }
  };
}

/** The routes that may ask `host` or `guardian`. */
const asksHost: ReadonlySet<ClaimRoute['to']> = new Set(['start', 'proof', 'facts', 'awards', 'add']);

/** An observer must not break an answer: what it throws is dropped. */
function tell(observer: () => void): void {
  try {
    observer();
  } catch {
    // As said above.
  }
}

async function answer(visit: Visit, route: PageRoute): Promise<Response> {
  const { method } = visit.request;
  const { read, write } = routeHandlers(visit, route);
  if (method === 'GET' || method === 'HEAD') return read();
  if (method === 'POST' && write !== undefined) return write();
  const allow = write === undefined ? 'GET, HEAD' : 'GET, HEAD, POST';
  return problemAnswer(visit, 'foreign_form', { status: 405, headers: { allow } });
}

/** A route that this handler answers itself. */
type PageRoute = Exclude<ClaimRoute, { readonly to: 'opt-out' }>;

interface RouteHandlers {
  /** GET and HEAD: changes nothing (security rule 4). */
  readonly read: () => Promise<Response>;
  readonly write?: () => Promise<Response>;
}

function routeHandlers(visit: Visit, route: PageRoute): RouteHandlers {
  const { desk } = visit;
  // Whoever reloads the answer to a form comes to the page that has the form.
  const leadTo = (path: string) => async () => seeOther(visit, path);
  switch (route.to) {
    case 'link':
      return { read: () => openLink(visit, route.awardId, route.token) };
    case 'start':
      return { read: () => startStep(visit, route.awardId) };
    case 'code':
      return { read: () => codeStep(visit, route.awardId), write: () => sendCode(visit, route.awardId) };
    case 'proof':
      return { read: leadTo(startPath(desk, route.awardId)), write: () => prove(visit, route.awardId) };
    case 'facts':
      return { read: () => factsStep(visit, route.awardId), write: () => answerFacts(visit, route.awardId) };
    case 'awards':
      return { read: () => awardsStep(visit) };
    case 'add':
      return { read: leadTo(awardsPath(desk, route.awardId)), write: () => addAward(visit, route.awardId) };
    case 'handoff-address':
      return { read: () => openHandoff(visit, route.secret) };
    case 'handoff':
      return { read: () => handoffStep(visit), write: () => takeHandoff(visit) };
    case 'sign-out':
      return { read: leadTo(awardsPath(desk)), write: () => signOut(visit) };
    case 'logo':
      return { read: async () => logoAnswer(visit) ?? problemAnswer(visit, 'unknown_link') };
    case 'unknown':
      return { read: async () => problemAnswer(visit, 'unknown_link') };
  }
}
