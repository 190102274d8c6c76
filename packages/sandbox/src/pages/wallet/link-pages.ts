import type { Route } from '../../http/message.ts';
import { html } from '../html.ts';
import type { Page } from '../layout.ts';
import { openLinkScript } from '../scripts.ts';
import { walletPath } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

/** Where links of SEEK Pass lead: pages that read the hash and go on. The same for every link; nothing is looked up here. */
export function linkRoutes(site: WalletSite): readonly Route[] {
  return [
    { method: 'GET', path: '/partner/add/:type', handle: () => site.page(linkPage(walletPath.add(''))) },
    {
      method: 'GET',
      path: '/partner/verify/:type',
      handle: () => site.page(linkPage(walletPath.verify(''))),
    },
  ];
}

function linkPage(next: string): Page {
  return {
    title: 'Opening your link',
    script: openLinkScript,
    main: html`<div id="opening" class="stack" data-next="${next}"><h1>Opening your link</h1>
<p role="status">One moment…</p>
<noscript><p class="note warn">This page needs JavaScript: the part of the link after “#” tells which credential it is for, and browsers
do not send that part to a server. Please allow JavaScript for this page and open the link again.</p></noscript></div>
<div id="broken" class="stack" data-title="This link is not complete – Sandbox wallet" hidden><h1 tabindex="-1">This link is not complete</h1>
<p>The part that says which credential it is for is missing. Please open the link in your message again; if you copied it, copy all of it.</p>
<p class="note"><strong>For developers:</strong> the <code>redirect_uri</code> must be passed on unchanged, with everything after the
<code>#</code>. Servers, link shorteners and <code>URL</code> code that “cleans” addresses often drop it.</p></div>`,
  };
}
