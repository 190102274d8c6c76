import type { SharedIdentity } from '../../world/verification.ts';
import type { VerifyStep } from '../../world/verify-flow.ts';
import { fact, factsOf } from '../credential-card.ts';
import { buttonForm, errorSummary } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { logInPage } from './log-in-pages.ts';
import { expiredPage, unknownLinkPage, wrongUserPage } from './stopped-pages.ts';
import { isWebAddress, walletPath } from './wallet-paths.ts';
import type { WalletSite } from './wallet-site.ts';

type ChooseStep = Extract<VerifyStep, { readonly step: 'choose' }>;
type DecidedStep = Extract<VerifyStep, { readonly step: 'decided' }>;
type Asked = ChooseStep['verification'];

/** After the decision the browser goes to the partner's page, and on from there to wherever the partner likes. */
const formTargets = 'http: https:';

/** The page of a step of "Verify with SEEK Pass". */
export function verifyStepPage(site: WalletSite, step: VerifyStep, contentId: string): Page {
  const here = walletPath.verify(contentId);
  switch (step.step) {
    case 'unknown_link':
      return unknownLinkPage();
    case 'expired':
      return expiredPage(
        'The link worked for 48 hours and was not used to the end. Start again at the page that sent you here.',
      );
    case 'wrong_user':
      return wrongUserPage(
        here,
        'A request to share an identity can only be answered by the person who opened it first.',
      );
    case 'log_in':
      return logInPage(site, { next: here });
    case 'choose':
      return chooseIdentityPage(site, step);
    case 'decided':
      return decidedPage(step);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function partnerOf({ request }: Asked): string {
  return request.display_options.partner_name;
}

/** Which identity to share. */
export function chooseIdentityPage(
  site: WalletSite,
  { verification, identities }: ChooseStep,
  errors: readonly FormError[] = [],
): Page {
  const here = walletPath.verify(verification.contentId);
  const [error] = errors;
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Prove who you are`,
    main: html`${errorSummary(errors)}
<div class="stack"><h1>Prove who you are</h1>
<p class="lead"><strong><bdi>${partnerOf(verification)}</bdi></strong> asks for your identity.</p></div>
${requestCard(site, verification)}
<div class="card">
<form method="get" action="${here}/consent" novalidate>
<fieldset id="identity" tabindex="-1"${error && html` aria-describedby="identity-error"`}><legend>Which identity do you want to share?</legend>
<p class="hint">The sandbox made these up for you. Nothing is shared before you agree on the next page.</p>
${error && html`<p class="fault" id="identity-error"><span class="aside">Error: </span>${error.message}</p>`}
${identities.map(
  ({
    identityId,
    label,
    fields,
  }) => html`<label class="choice"><input type="radio" name="identity" value="${identityId}">
<span><strong>${label}</strong><br><span class="quiet"><bdi>${textOf(fields['full_name'])}</bdi></span></span></label>`,
)}</fieldset>
<div class="actions"><button>Go on</button><a class="button second" href="${here}/decline">Decline</a></div>
</form></div>`,
  };
}

function requestCard(site: WalletSite, verification: Asked): Html {
  const { display_options, request_source = [], metadata = {} } = verification.request;
  const logo = display_options.partner_logo_url;
  return html`<section class="card" aria-labelledby="request"><h2 id="request">Who asks, and what for</h2>
<dl class="facts">${fact('Asked by', display_options.partner_name)}
${fact('Registered as', site.partnerName(verification.clientId))}
${logo !== undefined && fact('Logo', html`<code dir="ltr">${logo}</code><br><span class="quiet small">The sandbox loads no pictures.</span>`)}
${request_source.length > 0 && fact('On behalf of', request_source.map(({ name }) => name).join(' → '))}
${factsOf(metadata)}</dl></section>`;
}

/** What exactly the partner gets to see. */
export function shareIdentityPage({ verification }: ChooseStep, identity: SharedIdentity): Page {
  const here = walletPath.verify(verification.contentId);
  const partner = partnerOf(verification);
  return {
    title: 'Share this identity?',
    formTargets,
    main: html`<div class="stack"><h1>Share this identity?</h1>
<p class="lead"><strong><bdi>${partner}</bdi></strong> will see exactly this:</p></div>
<article class="card"><h2 dir="auto">${identity.label}</h2><dl class="facts">${factsOf(identity.fields)}</dl></article>
<div class="actions">${buttonForm(`${here}/consent`, 'Share', { fields: { identity: identity.identityId } })}
<a class="button second" href="${here}">Choose another</a>
<a class="button second" href="${here}/decline">Decline</a></div>`,
  };
}

/** Asks once more before declining, which cannot be undone. */
export function declineVerifyPage({ verification }: ChooseStep): Page {
  const here = walletPath.verify(verification.contentId);
  return {
    title: 'Decline?',
    formTargets,
    main: html`<div class="stack"><h1>Decline to share?</h1>
<p><strong><bdi>${partnerOf(verification)}</bdi></strong> will be told that you declined, and this link cannot be used again.</p></div>
<div class="actions">${buttonForm(`${here}/decline`, 'Yes, decline', { className: 'danger' })}
<a class="button second" href="${here}">No, go back</a></div>`,
  };
}

function decidedPage({ verification, status, callbackUrl }: DecidedStep): Page {
  const partner = partnerOf(verification);
  const shared = status === 'verified';
  const back = callbackUrl !== undefined && isWebAddress(callbackUrl);
  return {
    title: shared ? 'Shared' : 'You declined',
    main: html`<div class="stack">${shared && html`<span class="done" aria-hidden="true">✓</span>`}<h1>${shared ? 'Your identity was shared' : 'You declined'}</h1>
<p role="status">${shared ? html`<bdi>${partner}</bdi> can now read it.` : html`<bdi>${partner}</bdi> was told that you declined.`}</p></div>
${
  back
    ? html`<p><a class="button" href="${callbackUrl}">Go back to ${partner}</a></p>`
    : html`<p>You can close this page.</p>`
}
<p><a href="${walletPath.home}">Go to your wallet</a></p>`,
  };
}
