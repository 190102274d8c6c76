import { logoAnswer } from '../claims/page-answers.ts';
import { openPageDesk } from '../claims/page-desk.ts';
import { callbackStep } from './callback-step.ts';
import { resultStep } from './result-step.ts';
import { openStartLink, pressStart, startPage } from './start-step.ts';
import { verifyAnswer } from './verify-answers.ts';
import type { VerifyContext } from './verify-context.ts';
import type { VerifyVisit } from './verify-desk.ts';

/** Answers the requests of the verify pages. It never rejects: what goes wrong is a page, and `onError` is told. */
export type VerifyHandler = (request: Request) => Promise<Response>;

/** Settings of the verify pages. */
export interface VerifyHandlerOptions {
  /** Told what went wrong on our side while somebody read that it is our fault. Nothing personal is added; `route` is no URL. */
  readonly onError?: (
    error: unknown,
    at: { readonly route: string; readonly verificationId?: string },
  ) => void;
}

/** Makes the handler of everything below `callbackBaseUrl`. Any number of processes may run it over one store. */
export function createVerifyHandler(
  context: VerifyContext,
  { onError }: VerifyHandlerOptions = {},
): VerifyHandler {
  const desk = openPageDesk(context, context.callbackBaseUrl);
  return async (request) => {
    const url = new URL(request.url);
    const visit: VerifyVisit = { desk, request, url };
    const route = routeOf(desk.basePath, url.pathname);
    try {
      return await answer(visit, route);
    } catch (error) {
      try {
        onError?.(error, { route: route.to, ...('id' in route ? { verificationId: route.id } : {}) });
      } catch {
        // An observer must not break an answer.
      }
      return verifyAnswer(visit, { page: 'ours' });
    }
  };
}

type VerifyRoute =
  | { readonly to: 'logo' | 'unknown' }
  | { readonly to: 'start' | 'result'; readonly id: string }
  | { readonly to: 'start-link' | 'callback'; readonly id: string; readonly token: string };

/** Ids have 128 random bits, tokens 256. */
const routeForm = /^\/(callback|start|result)\/([A-Za-z0-9_-]{22})(?:\/([A-Za-z0-9_-]{43}))?$/;

function routeOf(basePath: string, pathname: string): VerifyRoute {
  if (!pathname.startsWith(`${basePath}/`)) return { to: 'unknown' };
  const rest = pathname.slice(basePath.length);
  if (rest === '/logo') return { to: 'logo' };
  const [, name, id = '', token] = routeForm.exec(rest) ?? [];
  if (token !== undefined) {
    if (name === 'callback') return { to: 'callback', id, token };
    return name === 'start' ? { to: 'start-link', id, token } : { to: 'unknown' };
  }
  return name === 'start' || name === 'result' ? { to: name, id } : { to: 'unknown' };
}

async function answer(visit: VerifyVisit, route: VerifyRoute): Promise<Response> {
  const { method } = visit.request;
  if (route.to === 'start' && method === 'POST') return pressStart(visit, route.id);
  if (method !== 'GET' && method !== 'HEAD') {
    const allow = route.to === 'start' ? 'GET, HEAD, POST' : 'GET, HEAD';
    return verifyAnswer(visit, { page: 'foreign_form' }, { status: 405, headers: { allow } });
  }
  switch (route.to) {
    case 'callback':
      return callbackStep(visit, route.id, route.token);
    case 'result':
      return resultStep(visit, route.id);
    case 'start-link':
      return openStartLink(visit, route.id, route.token);
    case 'start':
      return startPage(visit, route.id);
    case 'logo':
      return logoAnswer(visit) ?? verifyAnswer(visit, { page: 'unknown_link' });
    case 'unknown':
      return verifyAnswer(visit, { page: 'unknown_link' });
  }
}
