import type { VerificationView } from '../../control/control-views.ts';
import type { Route, SandboxRequest } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import { fact } from '../credential-card.ts';
import { dateTime, shortDateTime } from '../date-time.ts';
import { freshList, freshSwitch } from '../fresh-list.ts';
import { html } from '../html.ts';
import type { Page } from '../layout.ts';
import { freshListScript } from '../scripts.ts';
import { table } from '../table.ts';
import { actAsLearner } from './act-as-learner.ts';
import { statusBadge } from './badges.ts';
import type { PanelSite } from './panel-site.ts';

/** Every verify request, where it stands, and answering it as a learner. */
export function verificationRoutes(site: PanelSite): readonly Route[] {
  const { verifications, learner } = site.control;
  const read = (request: SandboxRequest): VerificationView =>
    verifications.read(request.params['content'] ?? '');
  return [
    {
      method: 'GET',
      path: '/control/verifications',
      handle: site.handler('verifications', (request) => site.page('verifications', listPage(site), request)),
    },
    {
      method: 'GET',
      path: '/control/verifications/:content',
      handle: site.handler('verifications', (request) =>
        site.page('verifications', detailPage(site, read(request)), request),
      ),
    },
    {
      method: 'POST',
      path: '/control/verifications/:content',
      handle: site.handler('verifications', (request) => {
        const form = request.form();
        const { contentId } = read(request);
        const at = { link: contentId, email: form.get('email') ?? '' };
        switch (form.get('act')) {
          case 'open':
            learner.openVerification(at);
            break;
          case 'share':
            learner.share(at);
            break;
          case 'refuse':
            learner.refuse(at);
            break;
          default:
            throw new SandboxError(
              'invalid_request',
              'The field "act" is not right: use the buttons of the form.',
            );
        }
        return site.done(`verifications/${contentId}`, 'acted');
      }),
    },
  ];
}

function listPage(site: PanelSite): Page {
  const all = site.control.verifications.list().slice(0, 100);
  return {
    title: 'Verifications',
    script: freshListScript,
    main: html`<div class="split"><h1>Verifications</h1>${freshSwitch(`${site.home}verifications`)}</div>
${freshList(
  `${all.length} verifications`,
  all.length === 0
    ? html`<section class="card" aria-labelledby="none"><h2 id="none">None yet</h2><p>Verify requests of your software appear here.</p></section>`
    : table(
        'Verifications, newest first',
        ['Request id', 'Status', 'Learner', 'Goes back to', 'Sent'],
        all.map((one) => [
          html`<a id="verification-${one.contentId}" href="${site.home}verifications/${one.contentId}"><bdi>${one.requestId}</bdi></a>`,
          statusBadge(one.status, one.canceledBy),
          html`<bdi>${one.boundTo ?? 'nobody yet'}</bdi>`,
          one.callbackUrl === null ? 'nowhere' : html`<code>${one.callbackUrl}</code>`,
          shortDateTime(one.createdAt),
        ]),
      ),
)}`,
  };
}

function detailPage(site: PanelSite, one: VerificationView): Page {
  return {
    title: `Verification ${one.requestId}`,
    main: html`<p><a href="${site.home}verifications">All verifications</a></p>
<h1 dir="auto">${one.requestId}</h1>
<div class="columns"><section class="card" aria-labelledby="state"><h2 id="state">Where it stands</h2><dl class="facts">
${fact('Status', statusBadge(one.status, one.canceledBy))}
${fact('Learner', one.boundTo ?? 'Nobody has logged in through the link yet')}
${fact('Sent', dateTime(one.createdAt))}
${one.finalizedAt !== null && fact('Finalized', dateTime(one.finalizedAt))}
${fact('Goes back to', one.callbackUrl ?? 'Nowhere: no callback_url was sent')}
${fact('Client', html`<code>${one.clientId}</code>`)}
${fact('Link', html`<code dir="ltr">${one.redirectUri}</code>`)}</dl>
<p><a href="${one.redirectUri}" target="_blank" rel="noreferrer">Open the link as a learner would</a></p></section>
${actAsLearner(`${site.home}verifications/${one.contentId}`, one.boundTo, [
  ['open', 'Open the link'],
  ['share', 'Share a passport'],
  ['refuse', 'Decline'],
])}</div>`,
  };
}
