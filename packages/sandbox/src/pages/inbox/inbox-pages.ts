import type { Mail } from '../../world/mailbox.ts';
import { fact } from '../credential-card.ts';
import { dateTime, shortDateTime } from '../date-time.ts';
import { buttonForm } from '../form-field.ts';
import { freshList, freshSwitch } from '../fresh-list.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { freshListScript } from '../scripts.ts';

/** Mails the list shows; the mailbox may hold more. */
const shownMails = 200;

/** The list of all mails, newest first. */
export function inboxPage(mails: readonly Mail[], home: string): Page {
  const [newest] = mails;
  const told = newest === undefined ? 'No mail' : `${mails.length} mails. Newest: ${newest.subject}`;
  return {
    title: 'Inbox',
    script: freshListScript,
    main: html`<div class="stack"><h1>Inbox</h1>
<p class="quiet">Every mail that was sent through the sandbox, whoever it is for. Nothing leaves this machine.</p></div>
<div class="split">${freshSwitch(home)}<a href="${home}empty">Empty the inbox</a></div>
${freshList(told, mailList(mails, home))}`,
  };
}

function mailList(mails: readonly Mail[], home: string): Html {
  if (mails.length === 0) {
    return html`<section class="card" aria-labelledby="none"><h2 id="none">No mail yet</h2>
<p>Log-in codes of the wallet arrive here, and everything your software sends to the sandbox’s SMTP port.</p></section>`;
  }
  return html`<ul class="mails">${mails.slice(0, shownMails).map(
    (
      mail,
    ) => html`<li><a id="mail-${mail.mailId}" href="${home}${mail.mailId}"><span class="line"><strong dir="auto">${subjectOf(mail)}</strong>
<span class="quiet small">${shortDateTime(mail.receivedAt)}</span></span>
<span class="quiet">To <bdi>${mail.to.join(', ')}</bdi>, from <bdi>${mail.from}</bdi></span></a></li>`,
  )}</ul>
${mails.length > shownMails && html`<p class="quiet">${mails.length - shownMails} older mails are not shown.</p>`}`;
}

function subjectOf(mail: Mail): string {
  return mail.subject.trim() === '' ? '(no subject)' : mail.subject;
}

/** One mail: HTML in a frame that can do nothing, text, source. */
export function mailPage(mail: Mail, home: string): Page {
  return {
    title: subjectOf(mail),
    main: html`<p><a href="${home}">All mail</a></p>
<h1 dir="auto">${subjectOf(mail)}</h1>
<div class="card"><dl class="facts">${fact('From', mail.from)}${fact('To', mail.to.join(', '))}
${fact('Received', dateTime(mail.receivedAt))}
${fact('Came from', mail.source === 'smtp' ? 'the SMTP port' : 'the sandbox’s wallet')}
${mail.attachments.length > 0 && fact('Attachments', mail.attachments.map((one) => `${one.filename ?? 'without a name'} (${one.contentType}, ${one.size} bytes)`).join(', '))}</dl></div>
${
  mail.html !== undefined &&
  html`<section class="card" aria-labelledby="html-part"><h2 id="html-part">As HTML</h2>
<iframe title="The HTML part of this mail" src="${home}${mail.mailId}/html" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
<p class="quiet small">Links open in a new tab. Scripts do not run, and pictures from other hosts are not loaded.</p></section>`
}
<div class="card"><h2 id="text-part">As text</h2>
${mail.text.trim() === '' ? html`<p class="quiet">This mail has no text part.</p>` : html`<pre tabindex="0" role="region" aria-labelledby="text-part" dir="auto">${withLinks(mail.text)}</pre>`}</div>
<div class="card"><h2 id="source">Source</h2>
${sourceOf(mail)}</div>`,
  };
}

function sourceOf({ raw }: Mail): Html {
  if (raw === undefined)
    return html`<p class="quiet">This mail was made inside the sandbox: it never had a source.</p>`;
  return html`<pre tabindex="0" role="region" aria-labelledby="source" dir="ltr">${raw}</pre>`;
}

/** Text in which web addresses can be pressed. A full stop or bracket at the end belongs to the sentence. */
function withLinks(text: string): readonly (Html | string)[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/u)
    .map((part, at) =>
      at % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noreferrer">${part}</a>` : part,
    );
}

export function noMailPage(home: string): Page {
  return {
    status: 404,
    title: 'No such mail',
    main: html`<h1>This mail is not here</h1>
<p>The inbox was emptied, the sandbox was reset, or newer mail took its place.</p><p><a href="${home}">All mail</a></p>`,
  };
}

/** Asks before emptying. */
export function emptyInboxPage(home: string): Page {
  return {
    title: 'Empty the inbox?',
    main: html`<div class="stack"><h1>Empty the inbox?</h1><p>All mails are deleted, also log-in codes that were not used yet.</p></div>
<div class="actions">${buttonForm(`${home}empty`, 'Yes, delete all mail', { className: 'danger' })}
<a class="button second" href="${home}">No, go back</a></div>`,
  };
}
