import { SandboxError } from '../sandbox-error.ts';
import type { VerifyStep } from '../world/verify-flow.ts';
import { walletOf } from '../world/wallet.ts';
import type { World } from '../world/world.ts';
import type { ControlApi } from './control-api.ts';
import { learnerAlone, learnerAtLink, learnerShares, readControl } from './control-requests.ts';

/** The learner's part of the control API: the same steps as the wallet pages, on the same world. */
export function learnerControl(world: World, changed: () => void): ControlApi['learner'] {
  const at = (input: unknown): readonly [contentId: string, userId: string] => {
    const { link, email } = readControl(learnerAtLink, input);
    changed();
    return [contentOf(link), world.users.ofEmail(email).userId];
  };
  return {
    open: (input) => world.addFlow.open(...at(input)).step,
    consent: (input) => {
      const [contentId, userId] = at(input);
      const { step } = world.addFlow.open(contentId, userId);
      return step === 'consent' ? world.addFlow.consent(contentId, userId).step : step;
    },
    decline: (input) => {
      const [contentId, userId] = at(input);
      const { step } = world.addFlow.open(contentId, userId);
      return step === 'consent' ? world.addFlow.decline(contentId, userId).step : step;
    },
    signInToApp: (input) => {
      const { email } = readControl(learnerAlone, input);
      changed();
      world.addFlow.signInToApp(world.users.ofEmail(email).userId);
    },
    wallet: (input) => {
      const { email } = readControl(learnerAlone, input);
      return walletOf(world.submissions, world.users.ofEmail(email).userId).map((credential) => ({
        credentialType: credential.credentialType,
        fields: credential.fields,
        replaced: credential.replaced,
        contentId: credential.submission.contentId,
      }));
    },
    openVerification: (input) => world.verifyFlow.open(...at(input)).step,
    share: (input) => {
      const { link, email, identityId } = readControl(learnerShares, input);
      const [contentId, userId] = at({ link, email });
      world.verifyFlow.open(contentId, userId);
      return decision(world.verifyFlow.consent(contentId, userId, identityId ?? 'passport'));
    },
    refuse: (input) => {
      const [contentId, userId] = at(input);
      world.verifyFlow.open(contentId, userId);
      return decision(world.verifyFlow.decline(contentId, userId));
    },
  };
}

/** The `content` of a redirect URI; a text without a hash is taken for the content id itself. */
export function contentOf(link: string): string {
  const hash = link.indexOf('#');
  if (hash < 0) return link;
  const content = new URLSearchParams(link.slice(hash + 1)).get('content');
  if (content === null)
    throw new SandboxError(
      'invalid_request',
      'The link has no "content" in its hash: use the redirect_uri unchanged.',
    );
  return content;
}

function decision(step: VerifyStep): { readonly status: string; readonly callbackUrl: string | null } {
  if (step.step === 'decided') return { status: step.status, callbackUrl: step.callbackUrl ?? null };
  throw new SandboxError('wrong_state', `The verification is at "${step.step}".`);
}
