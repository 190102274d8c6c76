import type { Route, SandboxRequest } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { LoggedRequest } from '../../world/request-log.ts';
import { fact } from '../credential-card.ts';
import { dateTime, shortDateTime } from '../date-time.ts';
import { buttonForm } from '../form-field.ts';
import { freshList, freshSwitch } from '../fresh-list.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { freshListScript } from '../scripts.ts';
import { table } from '../table.ts';
import { badge, httpBadge } from './badges.ts';
import type { PanelSite } from './panel-site.ts';

/** Calls of the list at most. */
const shownCalls = 200;

/** What your software asked and what the sandbox answered, with bodies. Wallet pages are left out. */
export function requestRoutes(site: PanelSite): readonly Route[] {
  const { requests } = site.control;
  return [
    {
      method: 'GET',
      path: '/control/requests',
      handle: site.handler('requests', (request) => site.page('requests', listPage(site), request)),
    },
    {
      method: 'POST',
      path: '/control/requests',
      handle: site.handler('requests', () => {
        requests.clear();
        return site.done('requests', 'cleared');
      }),
    },
    {
      method: 'GET',
      path: '/control/requests/:number',
      handle: site.handler('requests', (request) =>
        site.page('requests', detailPage(site, requests.read(numberOf(request))), request),
      ),
    },
  ];
}

function numberOf(request: SandboxRequest): number {
  const number = Number(request.params['number']);
  if (Number.isInteger(number)) return number;
  throw new SandboxError('not_found', 'The sandbox has no such request in its log.');
}

function listPage(site: PanelSite): Page {
  const calls = site.control.requests.list(shownCalls);
  return {
    title: 'Requests',
    script: freshListScript,
    main: html`<div class="split"><h1>Requests</h1><div class="row">${freshSwitch(`${site.home}requests`)}
${buttonForm(`${site.home}requests`, 'Empty the list', { className: 'link' })}</div></div>
${freshList(
  `${calls.length} requests`,
  calls.length === 0
    ? html`<section class="card" aria-labelledby="none"><h2 id="none">None yet</h2>
<p>Calls of your software to <code>${site.baseUrl}/api/…</code> appear here, with bodies. Client secrets and tokens are left out.</p></section>`
    : table(
        'Requests, newest first',
        ['Call', 'Answer', 'Took', 'At'],
        calls.map((call) => row(site, call)),
      ),
)}`,
  };
}

function row(site: PanelSite, call: LoggedRequest): readonly Html[] {
  return [
    html`<a id="request-${call.requestNumber}" href="${site.home}requests/${call.requestNumber}"><code>${call.method} ${call.url}</code></a>`,
    html`${httpBadge(call.status)}${call.fault !== undefined && html` ${badge(`fault: ${call.fault}`, 'warn')}`}`,
    html`${call.tookMs.toFixed(1)} ms`,
    shortDateTime(call.at),
  ];
}

function detailPage(site: PanelSite, call: LoggedRequest): Page {
  const { requestHeaders, requestBody, responseBody } = call;
  return {
    title: `${call.method} ${call.url}`,
    main: html`<p><a href="${site.home}requests">All requests</a></p>
<h1><code>${call.method} ${call.url}</code></h1>
<div class="card"><dl class="facts">${fact('Answer', httpBadge(call.status))}
${call.fault !== undefined && fact('Fault', badge(call.fault, 'warn'))}
${fact('At', dateTime(call.at))}${fact('Took', `${call.tookMs.toFixed(1)} ms`)}</dl></div>
<div class="columns">${bodyCard('sent', 'What was sent', requestBody)}${bodyCard('answered', 'What was answered', responseBody)}</div>
<section class="card" aria-labelledby="headers"><h2 id="headers">Headers sent</h2><dl class="facts">${Object.entries(
      requestHeaders,
    ).map(([name, value]) => fact(name, html`<code>${value}</code>`))}</dl></section>`,
  };
}

function bodyCard(id: string, title: string, body: string): Html {
  return html`<div class="card"><h2 id="${id}">${title}</h2>
${body === '' ? html`<p class="quiet">No body.</p>` : html`<pre tabindex="0" role="region" aria-labelledby="${id}">${pretty(body)}</pre>`}</div>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
