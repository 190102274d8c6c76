import type { AddStep } from '../../world/add-flow.ts';
import { credentialCard } from '../credential-card.ts';
import { dateTime, timeLeft } from '../date-time.ts';
import { buttonForm } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { logInPage } from './log-in-pages.ts';
import { expiredPage, unknownLinkPage, wrongUserPage } from './stopped-pages.ts';
import { walletPath } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

type ConsentStep = Extract<AddStep, { readonly step: 'consent' }>;
type DoneStep = Extract<AddStep, { readonly step: 'done' }>;

/** The page of a step of "Add to SEEK Pass". */
export function addStepPage(site: WalletSite, step: AddStep, contentId: string): Page {
  const here = walletPath.add(contentId);
  switch (step.step) {
    case 'unknown_link':
      return unknownLinkPage();
    case 'expired':
      return expiredPage(
        'The link worked for 48 hours. Nobody finished adding in that time, so the data was deleted. Ask whoever sent you the link for a new one.',
      );
    case 'wrong_user':
      return wrongUserPage(here, 'A credential can only be added by the person who opened its link first.');
    case 'log_in':
      return logInPage(site, { next: here });
    case 'consent':
      return consentPage(site, step, here);
    case 'declined':
      return declinedPage(site, step.submission.clientId);
    case 'done':
      return step.app === 'too_late' ? deletedPage(site, step) : donePage(site, step, here);
  }
}

function consentPage(site: WalletSite, { submission, user, credentials }: ConsentStep, here: string): Page {
  const partner = site.partnerName(submission.clientId);
  const many = credentials.length > 1;
  const uploads = site.world.uploads.ofSubmission(submission.contentId);
  return {
    title: many ? 'Add these credentials?' : 'Add this credential?',
    main: html`<div class="stack"><h1>${many ? `Add these ${credentials.length} credentials?` : 'Add this credential?'}</h1>
<p class="lead"><strong><bdi>${partner}</bdi></strong> sends ${many ? 'them' : 'it'} to the wallet of <strong><bdi>${user.email}</bdi></strong>.
This is exactly what will be kept:</p></div>
${credentials.map((credential) => credentialCard(credential, { uploads }))}
<section class="card" aria-labelledby="decide"><h2 id="decide">Your decision</h2>
<p>You have until ${dateTime(submission.expiresAt)}. After that the data is deleted.</p>
<div class="actions">${buttonForm(`${here}/consent`, 'Add to my wallet')}
<a class="button second" href="${here}/decline">Decline</a></div></section>`,
  };
}

/** Asks once more before declining, which cannot be undone. */
export function declineAddPage(
  site: WalletSite,
  { submission, credentials }: ConsentStep,
  contentId: string,
): Page {
  const here = walletPath.add(contentId);
  const what = credentials.length > 1 ? 'these credentials' : 'this credential';
  return {
    title: 'Decline?',
    main: html`<div class="stack"><h1>Decline ${what}?</h1>
<p>Nothing will be kept, and this link cannot be used again. To get it later, you would have to ask
<strong><bdi>${site.partnerName(submission.clientId)}</bdi></strong>.</p></div>
<div class="actions">${buttonForm(`${here}/decline`, 'Yes, decline', { className: 'danger' })}
<a class="button second" href="${here}">No, go back</a></div>`,
  };
}

function declinedPage(site: WalletSite, clientId: string): Page {
  return {
    title: 'You declined',
    main: html`<div class="stack"><h1>You declined</h1>
<p role="status">Nothing was kept. <bdi>${site.partnerName(clientId)}</bdi> can see that it was not added.</p>
<p>If you change your mind, ask them for a new link.</p></div>
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}

function donePage(site: WalletSite, { submission, credentials }: DoneStep, here: string): Page {
  const uploads = site.world.uploads.ofSubmission(submission.contentId);
  const partner = site.partnerName(submission.clientId);
  return {
    title: 'Added to your wallet',
    main: html`<div class="stack"><span class="done" aria-hidden="true">✓</span><h1>Added to your wallet</h1>
<p role="status">From <strong><bdi>${partner}</bdi></strong>${
      submission.finalizedAt !== undefined && html`, on ${dateTime(submission.finalizedAt)}`
    }.</p></div>
${appSignIn(site, submission.appSignInDueAt, here)}
${credentials.map((credential) => credentialCard(credential, { uploads }))}
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}

/** The second 48 hours: what has been accepted is lost unless the learner signs in to the app. */
export function appSignIn(site: WalletSite, dueAt: number | undefined, next: string): Html {
  if (dueAt === undefined) {
    return html`<p class="note good">You have signed in to the app: it stays in your wallet.</p>`;
  }
  return html`<section class="card" aria-labelledby="app"><h2 id="app">One more step: sign in to the app</h2>
<p>Install the app and sign in before <strong>${dateTime(dueAt)}</strong>, that is in ${timeLeft(dueAt, site.world.clock.now())}.
Otherwise what you added is deleted.</p>
<p class="quiet">There is no app for the sandbox: this button plays it.</p>
<div class="actions">${buttonForm(walletPath.app, 'Sign in to the app', { fields: { next } })}</div></section>`;
}

function deletedPage(site: WalletSite, { submission }: DoneStep): Page {
  const partner = site.partnerName(submission.clientId);
  return {
    title: 'Deleted',
    main: html`<div class="stack"><h1>What you added was deleted</h1>
<p role="status">You added it, but did not sign in to the app within 48 hours. So it is no longer in your wallet.</p>
<p>Ask <strong><bdi>${partner}</bdi></strong> to send it again.</p></div>
<p class="note"><strong>For developers:</strong> the status of this submission still reads <code>verified</code>. The API does not tell
that it was deleted.</p>
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}
