import type { Route, SandboxRequest, SandboxResponse } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { AddStep } from '../../world/add-flow.ts';
import type { Session } from '../../world/log-in.ts';
import { addStepPage, declineAddPage } from './add-pages.ts';
import { walletPath, wayOn } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

/** The learner's way through "Add to SEEK Pass". Each page shows where the submission stands now. */
export function addRoutes(site: WalletSite): readonly Route[] {
  const path = walletPath.add('x').replace(/x$/u, ':content');
  return [
    { method: 'GET', path, handle: site.handler((request) => showStep(site, request)) },
    { method: 'GET', path: `${path}/decline`, handle: site.handler((request) => askAgain(site, request)) },
    {
      method: 'POST',
      path: `${path}/consent`,
      handle: site.own((request, who) => decide(site, request, who, 'consent'), linkPage),
    },
    {
      method: 'POST',
      path: `${path}/decline`,
      handle: site.own((request, who) => decide(site, request, who, 'decline'), linkPage),
    },
    {
      method: 'POST',
      path: walletPath.app,
      handle: site.own(
        (request, { user }) => {
          site.world.addFlow.signInToApp(user.userId);
          site.changed();
          return seeOther(wayOn(request.form().get('next')));
        },
        (request) => wayOn(request.form().get('next')),
      ),
    },
  ];
}

function contentOf(request: SandboxRequest): string {
  return request.params['content'] ?? '';
}

function linkPage(request: SandboxRequest): string {
  return walletPath.add(contentOf(request));
}

function showStep(site: WalletSite, request: SandboxRequest): SandboxResponse {
  const user = site.session(request)?.user;
  const step = stepOf(site, request);
  return site.page(addStepPage(site, step, contentOf(request)), user);
}

/** Opening binds the link to the first account that is logged in; asking for the head of the page does not. */
function stepOf(site: WalletSite, request: SandboxRequest): AddStep {
  const { addFlow } = site.world;
  const contentId = contentOf(request);
  const clientId = request.query.get('clientId') ?? undefined;
  const userId = site.session(request)?.user.userId;
  if (userId === undefined || request.method !== 'GET') return addFlow.look(contentId, userId, clientId);
  const step = addFlow.open(contentId, userId, clientId);
  site.changed();
  return step;
}

function askAgain(site: WalletSite, request: SandboxRequest): SandboxResponse {
  const session = site.session(request);
  const contentId = contentOf(request);
  const step = site.world.addFlow.look(contentId, session?.user.userId);
  if (step.step !== 'consent') return seeOther(linkPage(request));
  return site.page(declineAddPage(site, step, contentId), session?.user);
}

function decide(
  site: WalletSite,
  request: SandboxRequest,
  { user }: Session,
  decision: 'consent' | 'decline',
): SandboxResponse {
  const contentId = contentOf(request);
  try {
    site.world.addFlow[decision](contentId, user.userId);
    site.changed();
  } catch (error) {
    // It has moved on meanwhile, in another tab or by time: its page says where it is.
    if (!(error instanceof SandboxError && error.code === 'wrong_state')) throw error;
  }
  return seeOther(linkPage(request));
}
