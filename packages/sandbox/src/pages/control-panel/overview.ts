import type { Route } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import { fact } from '../credential-card.ts';
import { dateTime } from '../date-time.ts';
import { buttonForm, errorSummary, textField } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { badge } from './badges.ts';
import type { PanelSite } from './panel-site.ts';

/** The first page of the panel: clock, counts, what needs a look, and starting over. */
export function overviewRoutes(site: PanelSite): readonly Route[] {
  const { control } = site;
  return [
    {
      method: 'GET',
      path: '/control/',
      handle: site.handler('', (request) => site.page('', overviewPage(site), request)),
    },
    {
      method: 'POST',
      path: '/control/clock',
      handle: site.handler('', (request) => {
        const form = request.form();
        const step = form.get('step');
        if (step === 'freeze') control.clock.freeze();
        else if (step === 'run') control.clock.unfreeze();
        else {
          const hours = Number(step ?? form.get('hours'));
          if (!(hours > 0 && hours <= 8784)) {
            const message = 'Enter the hours as a number above 0 and at most 8784 (a year), like 1.5.';
            const errors = [{ field: 'hours', message }];
            return site.page('', overviewPage(site, { errors, hours: form.get('hours') ?? '' }), request);
          }
          control.clock.advance({ hours });
        }
        return site.done('', step === 'freeze' ? 'frozen' : step === 'run' ? 'running' : 'moved');
      }),
    },
    {
      method: 'GET',
      path: '/control/reset',
      handle: site.handler('', (request) => site.page('', resetPage(site), request)),
    },
    {
      method: 'POST',
      path: '/control/reset',
      handle: site.handler('', () => {
        control.reset();
        return site.done('', 'reset');
      }),
    },
    {
      method: 'POST',
      path: '/control/revoke-tokens',
      handle: site.handler('', () => {
        control.tokens.revokeAll();
        return site.done('', 'revoked');
      }),
    },
    {
      method: 'POST',
      path: '/control/rotate-secret',
      handle: site.handler('', (request) => {
        const form = request.form();
        const clientId = form.get('client');
        if (clientId === null)
          throw new SandboxError('invalid_request', 'The field "client" is missing: use the form.');
        const rotated = control.clients.rotateSecret({ clientId, keepPrevious: form.has('keep') });
        return site.page('', newSecretPage(site, rotated), request);
      }),
    },
  ];
}

function overviewPage(
  site: PanelSite,
  typed: { readonly errors?: readonly FormError[]; readonly hours?: string } = {},
): Page {
  const { errors = [], hours = '' } = typed;
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Overview`,
    main: html`${errorSummary(errors)}<h1>Overview</h1>
${counts(site)}${warnings(site)}
<div class="columns">${clockCard(site, hours, errors)}${clientsCard(site)}${startOverCard(site)}</div>`,
  };
}

function counts(site: PanelSite): Html {
  const count = site.control.state().counts;
  const tiles = [
    ['submissions', count.submissions],
    ['verifications', count.verifications],
    ['requests', count.requests],
    ['faults', count.faults],
  ] as const;
  return html`<ul class="tiles">${tiles.map(
    ([section, number]) =>
      html`<li><a href="${site.home}${section}"><strong>${number}</strong> ${section}</a></li>`,
  )}</ul>`;
}

function warnings(site: PanelSite): Html | false {
  const odd = site.control.submissions.list().filter((submission) => submission.warnings.length > 0);
  if (odd.length === 0) return false;
  return html`<section class="note warn stack tight" aria-labelledby="look"><h2 id="look">Please look at</h2><ul class="cards">${odd.map(
    ({ contentId, id, warnings: found }) =>
      html`<li><a href="${site.home}submissions/${contentId}"><bdi>${id}</bdi></a>: ${found.join(' ')}</li>`,
  )}</ul></section>`;
}

function clockCard(site: PanelSite, hours: string, errors: readonly FormError[]): Html {
  const { now, frozen, aheadMs } = site.control.clock.state();
  const action = `${site.home}clock`;
  const ahead = Math.round(aheadMs / 60_000);
  return html`<section class="card" aria-labelledby="clock"><h2 id="clock">Clock</h2>
<p class="lead">${dateTime(now)} ${frozen ? badge('stands still', 'warn') : badge('runs', 'good')}</p>
<p class="quiet">${ahead === 0 ? 'The same as this machine’s clock.' : `${(ahead / 60).toFixed(1)} hours ahead of this machine.`} It never goes back.</p>
<form method="post" action="${action}"><div class="row"><button name="step" value="1" class="second">+1 hour</button>
<button name="step" value="48" class="second">+48 hours</button>
${
  frozen
    ? html`<button name="step" value="run" class="second">Let it run</button>`
    : html`<button name="step" value="freeze" class="second">Stop it</button>`
}</div></form>
<form method="post" action="${action}" novalidate>${textField(
    {
      name: 'hours',
      label: 'Move forward by hours',
      inputmode: 'decimal',
      value: hours,
    },
    errors,
  )}<div class="actions"><button class="second">Move</button></div></form></section>`;
}

function clientsCard(site: PanelSite): Html {
  const { clients } = site.control.state();
  return html`<section class="card" aria-labelledby="clients"><h2 id="clients">Partners</h2>
<dl class="facts">${fact('Base URL', html`<code>${site.baseUrl}</code>`)}</dl>
${clients.map(
  ({
    clientId,
    name,
    scopes,
  }) => html`<h3 dir="auto">${name}</h3><dl class="facts">${fact('Client id', html`<code>${clientId}</code>`)}
${fact('Scopes', html`<code>${scopes.join(' ')}</code>`)}</dl>
<form method="post" action="${site.home}rotate-secret"><label class="tick"><input type="checkbox" name="keep" checked>The old secret works on</label>
<div class="actions"><button class="second" name="client" value="${clientId}">New client secret<span class="aside"> for ${name}</span></button></div></form>`,
)}</section>`;
}

function startOverCard(site: PanelSite): Html {
  return html`<section class="card" aria-labelledby="over"><h2 id="over">Start over</h2>
<p>Empties the sandbox: submissions, verifications, accounts, mails, webhooks, faults, requests.</p>
<div class="actions"><a class="button second" href="${site.home}reset">Empty the sandbox</a></div>
<p>Makes every access token useless, as SEEK Pass might: your software has to ask for a new one.</p>
<div class="actions">${buttonForm(`${site.home}revoke-tokens`, 'Revoke all tokens', { className: 'second' })}</div></section>`;
}

function resetPage(site: PanelSite): Page {
  return {
    title: 'Empty the sandbox?',
    main: html`<div class="stack"><h1>Empty the sandbox?</h1>
<p>Submissions, verifications, accounts, mails, webhooks, faults and requests are deleted. Links that were handed out stop working.
Clients, tokens and the clock stay.</p></div>
<div class="actions">${buttonForm(`${site.home}reset`, 'Yes, empty it', { className: 'danger' })}
<a class="button second" href="${site.home}">No, go back</a></div>`,
  };
}

function newSecretPage(
  site: PanelSite,
  rotated: { readonly clientId: string; readonly clientSecret: string },
): Page {
  return {
    title: 'New client secret',
    main: html`<h1>New client secret</h1><p role="status">It works from now on and is shown only here.</p>
<div class="card"><dl class="facts">${fact('Client id', html`<code>${rotated.clientId}</code>`)}
${fact('Client secret', html`<code>${rotated.clientSecret}</code>`)}</dl></div>
<p><a href="${site.home}">Back to the overview</a></p>`,
  };
}
