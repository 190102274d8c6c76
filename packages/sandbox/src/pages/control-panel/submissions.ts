import type { SubmissionView } from '../../control/control-views.ts';
import type { Route, SandboxRequest } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { AddStep } from '../../world/add-flow.ts';
import { credentialCard, fact } from '../credential-card.ts';
import { dateTime, shortDateTime } from '../date-time.ts';
import { freshList, freshSwitch } from '../fresh-list.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { freshListScript } from '../scripts.ts';
import { table } from '../table.ts';
import { actAsLearner } from './act-as-learner.ts';
import { badge, statusBadge } from './badges.ts';
import type { PanelSite } from './panel-site.ts';

/** Every add request, where it stands, and acting on it as a learner. */
export function submissionRoutes(site: PanelSite): readonly Route[] {
  const { submissions, learner } = site.control;
  const read = (request: SandboxRequest): SubmissionView => submissions.read(request.params['content'] ?? '');
  return [
    {
      method: 'GET',
      path: '/control/submissions',
      handle: site.handler('submissions', (request) => site.page('submissions', listPage(site), request)),
    },
    {
      method: 'GET',
      path: '/control/submissions/:content',
      handle: site.handler('submissions', (request) =>
        site.page('submissions', detailPage(site, read(request)), request),
      ),
    },
    {
      method: 'POST',
      path: '/control/submissions/:content',
      handle: site.handler('submissions', (request) => {
        const form = request.form();
        const { contentId } = read(request);
        const at = { link: contentId, email: form.get('email') ?? '' };
        switch (form.get('act')) {
          case 'open':
            expectStep('consent', learner.open(at));
            break;
          case 'consent':
            expectStep('done', learner.consent(at));
            break;
          case 'decline':
            expectStep('declined', learner.decline(at));
            break;
          case 'app':
            learner.signInToApp({ email: at.email });
            break;
          default:
            throw new SandboxError(
              'invalid_request',
              'The field "act" is not right: use the buttons of the form.',
            );
        }
        return site.done(`submissions/${contentId}`, 'acted');
      }),
    },
  ];
}

function expectStep(expected: AddStep['step'], step: AddStep['step']): void {
  if (step === expected) return;
  throw new SandboxError(
    'wrong_state',
    `This learner cannot do that: the link shows them the page "${step}". Go back and see who it belongs to and where it stands.`,
  );
}

function listPage(site: PanelSite): Page {
  const all = site.control.submissions.list();
  return {
    title: 'Submissions',
    script: freshListScript,
    main: html`<div class="split"><h1>Submissions</h1>${freshSwitch(`${site.home}submissions`)}</div>
${freshList(
  `${all.length} submissions`,
  all.length === 0
    ? html`<section class="card" aria-labelledby="none"><h2 id="none">None yet</h2><p>Add requests of your software appear here.</p></section>`
    : table(
        'Submissions, newest first',
        ['Your id', 'Type', 'Status', 'Learner', 'Wallet', 'Sent', 'Expires'],
        all.map((one) => row(site, one)),
      ),
)}`,
  };
}

function row(site: PanelSite, one: SubmissionView): readonly Html[] {
  return [
    html`<a id="submission-${one.contentId}" href="${site.home}submissions/${one.contentId}"><bdi>${one.id}</bdi></a>${
      one.warnings.length > 0 && html` ${badge('warning', 'warn')}`
    }`,
    html`${one.kind}`,
    statusBadge(one.status, one.canceledBy),
    html`<bdi>${one.boundTo ?? 'nobody yet'}</bdi>`,
    walletBadge(one),
    shortDateTime(one.createdAt),
    shortDateTime(one.expiresAt),
  ];
}

function walletBadge({ walletCopy }: SubmissionView): Html {
  switch (walletCopy) {
    case 'none':
      return html`<span class="quiet">not in it</span>`;
    case 'awaiting_app':
      return badge('waits for the app', 'warn');
    case 'kept':
      return badge('kept', 'good');
    case 'deleted':
      return badge('deleted', 'bad');
  }
}

function detailPage(site: PanelSite, one: SubmissionView): Page {
  return {
    title: `Submission ${one.id}`,
    main: html`<p><a href="${site.home}submissions">All submissions</a></p>
<h1 dir="auto">${one.id}</h1>
${one.warnings.map((warning) => html`<p class="note warn">${warning}</p>`)}
<div class="columns"><section class="card" aria-labelledby="state"><h2 id="state">Where it stands</h2><dl class="facts">
${fact('Status', statusBadge(one.status, one.canceledBy))}
${fact('In the wallet', walletBadge(one))}
${fact('Learner', one.boundTo ?? 'Nobody has logged in through the link yet')}
${fact('Sent', dateTime(one.createdAt))}
${fact('Expires', dateTime(one.expiresAt))}
${one.finalizedAt !== null && fact('Finalized', dateTime(one.finalizedAt))}
${one.appSignInDueAt !== null && fact('App sign-in due', dateTime(one.appSignInDueAt))}
${fact('Sent again', `${one.repeats} times`)}
${fact('Request form', one.form)}
${fact('Client', html`<code>${one.clientId}</code>`)}
${fact('Link', html`<code dir="ltr">${one.redirectUri}</code>`)}</dl>
<p><a href="${one.redirectUri}" target="_blank" rel="noreferrer">Open the link as a learner would</a></p></section>
${actAsLearner(`${site.home}submissions/${one.contentId}`, one.boundTo, [
  ['open', 'Open the link'],
  ['consent', 'Add'],
  ['decline', 'Decline'],
  ['app', 'Sign in to the app'],
])}</div>
${one.credentials.length === 0 ? html`<p class="note">The data was deleted, as SEEK Pass does.</p>` : html`<h2>What was sent</h2>`}
${one.credentials.map((credential) => credentialCard(credential, { uploads: one.uploads, headingLevel: 3 }))}`,
  };
}
