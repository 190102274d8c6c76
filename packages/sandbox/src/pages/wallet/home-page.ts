import type { Route } from '../../http/message.ts';
import { seeOther } from '../../http/message.ts';
import type { User } from '../../world/users.ts';
import { walletOf } from '../../world/wallet.ts';
import type { WalletCredential } from '../../world/wallet.ts';
import { credentialCard } from '../credential-card.ts';
import { dateTime } from '../date-time.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { appSignIn } from './add-pages.ts';
import { walletPath } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

/** The wallet itself: what its owner has added, newest first. */
export function homeRoutes(site: WalletSite): readonly Route[] {
  return [
    { method: 'GET', path: '/', handle: () => seeOther(walletPath.home) },
    {
      method: 'GET',
      path: walletPath.home,
      handle: site.own((_, { user }) => site.page(homePage(site, user), user)),
    },
  ];
}

function homePage(site: WalletSite, user: User): Page {
  const held = walletOf(site.world.submissions, user.userId).toReversed();
  const due = held.map(({ submission }) => submission.appSignInDueAt).filter((at) => at !== undefined);
  return {
    title: 'Your wallet',
    main: html`<div class="stack"><h1>Your wallet</h1>
<p class="quiet"><bdi>${user.fullName}</bdi>, <bdi>${user.email}</bdi></p></div>
${due.length > 0 && appSignIn(site, Math.min(...due), walletPath.home)}
${held.length === 0 && emptyWallet()}
${held.map((credential) =>
  credentialCard(credential, {
    uploads: site.world.uploads.ofSubmission(credential.submission.contentId),
    below: origin(site, credential),
  }),
)}`,
  };
}

function emptyWallet(): Html {
  return html`<section class="card" aria-labelledby="empty"><h2 id="empty">Nothing here yet</h2>
<p>Open the link that a partner sent you: what you add then stands here.</p></section>`;
}

function origin(site: WalletSite, { submission, replaced }: WalletCredential): Html {
  return html`<p class="quiet small">Added${
    submission.finalizedAt !== undefined && html` on ${dateTime(submission.finalizedAt)}`
  }, sent by <bdi>${site.partnerName(submission.clientId)}</bdi>.${
    replaced > 0 && ` It replaced ${replaced === 1 ? 'an earlier version' : `${replaced} earlier versions`}.`
  }</p>`;
}
