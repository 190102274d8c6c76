import type { World } from '../../world/world.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { linkBehind } from './wallet-paths.ts';

/** Why somebody is asked to log in: whose link they opened, and nothing of what is behind it. */
export function reasonToLogIn(world: World, next: string): Html {
  const link = linkBehind(next);
  if (link?.flow === 'add') {
    const step = world.addFlow.look(link.contentId);
    if (step.step === 'log_in') {
      const partner = world.clients.find(step.submission.clientId)?.name;
      return html`<p class="lead"><strong><bdi>${partner}</bdi></strong> wants to add a credential to your wallet. Log in to see it.</p>
<p class="note">Use your own account: the first account that logs in keeps this link, and no other can use it.</p>`;
    }
  }
  if (link?.flow === 'verify') {
    const step = world.verifyFlow.look(link.contentId);
    if (step.step === 'log_in') {
      const { partner_name } = step.verification.request.display_options;
      return html`<p class="lead"><strong><bdi>${partner_name}</bdi></strong> asks you to prove who you are. Log in to choose what to share.</p>`;
    }
  }
  return html`<p>Log in to see the credentials in your wallet.</p>`;
}
