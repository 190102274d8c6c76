import type { Route, SandboxRequest, SandboxResponse } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { Session } from '../../world/log-in.ts';
import type { VerifyStep } from '../../world/verify-flow.ts';
import { chooseIdentityPage, declineVerifyPage, shareIdentityPage, verifyStepPage } from './verify-pages.ts';
import { isWebAddress, walletPath } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

type ChooseStep = Extract<VerifyStep, { readonly step: 'choose' }>;

/** The learner's way through "Verify with SEEK Pass": choose an identity, consent, back to the partner. */
export function verifyRoutes(site: WalletSite): readonly Route[] {
  const { verifyFlow } = site.world;
  const path = walletPath.verify('x').replace(/x$/u, ':content');
  return [
    { method: 'GET', path, handle: site.handler((request) => showStep(site, request)) },
    {
      method: 'GET',
      path: `${path}/consent`,
      handle: atChoice(site, (step, request) => {
        const identityId = request.query.get('identity');
        const identity = step.identities.find((one) => one.identityId === identityId);
        if (identity !== undefined) return shareIdentityPage(step, identity);
        return chooseIdentityPage(site, step, [
          { field: 'identity', message: 'Choose what you want to share.' },
        ]);
      }),
    },
    { method: 'GET', path: `${path}/decline`, handle: atChoice(site, (step) => declineVerifyPage(step)) },
    {
      method: 'POST',
      path: `${path}/consent`,
      handle: decision(site, (contentId, userId, request) =>
        verifyFlow.consent(contentId, userId, request.form().get('identity') ?? ''),
      ),
    },
    {
      method: 'POST',
      path: `${path}/decline`,
      handle: decision(site, (contentId, userId) => verifyFlow.decline(contentId, userId)),
    },
  ];
}

function contentOf(request: SandboxRequest): string {
  return request.params['content'] ?? '';
}

function linkPage(request: SandboxRequest): string {
  return walletPath.verify(contentOf(request));
}

function showStep(site: WalletSite, request: SandboxRequest): SandboxResponse {
  const { verifyFlow } = site.world;
  const user = site.session(request)?.user;
  const contentId = contentOf(request);
  const clientId = request.query.get('clientId') ?? undefined;
  const opens = user !== undefined && request.method === 'GET';
  const step = opens
    ? verifyFlow.open(contentId, user.userId, clientId)
    : verifyFlow.look(contentId, user?.userId, clientId);
  if (opens) site.changed();
  return site.page(verifyStepPage(site, step, contentId), user);
}

/** A page of the choice; somebody who is not there is sent to where the verification stands. */
function atChoice(
  site: WalletSite,
  page: (step: ChooseStep, request: SandboxRequest) => ReturnType<typeof verifyStepPage>,
): Route['handle'] {
  return site.own((request, { user }) => {
    const step = site.world.verifyFlow.look(contentOf(request), user.userId);
    if (step.step !== 'choose') return seeOther(linkPage(request));
    return site.page(page(step, request), user);
  }, linkPage);
}

function decision(
  site: WalletSite,
  decide: (contentId: string, userId: string, request: SandboxRequest) => VerifyStep,
): Route['handle'] {
  return site.own((request, { user }: Session) => {
    const contentId = contentOf(request);
    try {
      const step = decide(contentId, user.userId, request);
      site.changed();
      const callback = step.step === 'decided' ? step.callbackUrl : undefined;
      return seeOther(
        callback !== undefined && isWebAddress(callback) ? callback : walletPath.verify(contentId),
      );
    } catch (error) {
      // It has moved on meanwhile, in another tab or by time: its page says where it is.
      if (!(error instanceof SandboxError && error.code === 'wrong_state')) throw error;
      return seeOther(linkPage(request));
    }
  }, linkPage);
}
