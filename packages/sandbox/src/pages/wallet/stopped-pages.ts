import { buttonForm } from '../form-field.ts';
import { html } from '../html.ts';
import type { Page } from '../layout.ts';
import { walletPath } from './wallet-paths.ts';

/** A link nobody made, or that was damaged on its way. */
export function unknownLinkPage(): Page {
  return {
    status: 404,
    title: 'Unknown link',
    main: html`<div class="stack"><h1>We do not know this link</h1>
<p>It may have been cut off on its way to you. Please open the link in your message again; if you copied it, copy all of it.</p></div>
<p class="note"><strong>For developers:</strong> no submission has this <code>content</code> together with this <code>clientId</code>. The sandbox forgets
all of them when it is reset, and when it is restarted without a state file.</p>
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}

/** A link whose 48 hours are over. */
export function expiredPage(what: string): Page {
  return {
    status: 410,
    title: 'Expired',
    main: html`<div class="stack"><h1>This link has expired</h1><p>${what}</p></div>
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}

/** Somebody else opened the link first. Says nothing of who that was, or what the link is for. */
export function wrongUserPage(here: string, why: string): Page {
  return {
    status: 403,
    title: 'Not your link',
    main: html`<div class="stack"><h1>This link belongs to another account</h1>
<p>${why}</p>
<p>If you have another account, log in with that one. Otherwise ask whoever sent you the link for one of your own.</p></div>
<div class="actions">${buttonForm(walletPath.logOut, 'Log in with another account', { fields: { next: here } })}
<a class="button second" href="${walletPath.home}">Go to your wallet</a></div>`,
  };
}
