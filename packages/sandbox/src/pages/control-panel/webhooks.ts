import type { DeliveryView } from '../../control/control-views.ts';
import type { Route } from '../../http/message.ts';
import { shortDateTime } from '../date-time.ts';
import { buttonForm, errorSummary, selectField, textField } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { freshList, freshSwitch } from '../fresh-list.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { freshListScript } from '../scripts.ts';
import { table } from '../table.ts';
import { badge } from './badges.ts';
import { NumberFields } from './number-field.ts';
import type { PanelSite } from './panel-site.ts';

/** Deliveries of webhooks: send again, twice, hold, let go in another order, trigger. */
export function webhookRoutes(site: PanelSite): readonly Route[] {
  const { webhooks } = site.control;
  return [
    {
      method: 'GET',
      path: '/control/webhooks',
      handle: site.handler('webhooks', (request) => site.page('webhooks', listPage(site), request)),
    },
    {
      method: 'POST',
      path: '/control/webhooks/:delivery/replay',
      handle: site.handler('webhooks', (request) => {
        const id = request.params['delivery'] ?? '';
        webhooks.replay(id);
        if (request.form().get('times') === '2') webhooks.replay(id);
        return site.done('webhooks', 'sent');
      }),
    },
    {
      method: 'POST',
      path: '/control/webhooks',
      handle: site.handler('webhooks', (request) => {
        const act = request.form().get('act');
        if (act === 'hold') webhooks.hold();
        else webhooks.release({ order: act === 'newest' ? 'newest_first' : 'as_created' });
        return site.done('webhooks', act === 'hold' ? 'held' : 'released');
      }),
    },
    {
      method: 'POST',
      path: '/control/webhooks/trigger',
      handle: site.handler('webhooks', (request) => {
        const form = request.form();
        const numbers = new NumberFields(form);
        const seconds = numbers.read('delay', { label: 'Wait', from: 0, to: 31_622_400 }) ?? 0;
        const copies = numbers.read('copies', { label: 'Copies', from: 1, to: 1000, whole: true }) ?? 1;
        const errors = [...numbers.errors];
        if (webhooks.endpoints().length === 0)
          errors.push({
            field: 'type',
            message: 'There is no endpoint to send to: let your software register one first.',
          });
        if (errors.length > 0) return site.page('webhooks', listPage(site, errors, form), request);
        const requestIds = (form.get('requests') ?? '').split(/\s+/u).filter(Boolean);
        webhooks.trigger({
          type: form.get('other')?.trim() || (form.get('type') ?? ''),
          ...(requestIds.length > 0 ? { requestIds } : {}),
          delayMs: seconds * 1000,
          copies,
          reorder: form.has('reorder'),
        });
        return site.done('webhooks', 'sent');
      }),
    },
  ];
}

function listPage(site: PanelSite, errors: readonly FormError[] = [], typed = new URLSearchParams()): Page {
  const { webhooks } = site.control;
  const endpoints = webhooks.endpoints();
  const deliveries = webhooks.deliveries().slice(0, 100);
  const here = `${site.home}webhooks`;
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Webhooks`,
    script: freshListScript,
    main: html`${errorSummary(errors)}<h1>Webhooks</h1>
<section class="stack" aria-labelledby="endpoints"><h2 id="endpoints">Endpoints</h2>
${
  endpoints.length === 0
    ? html`<p class="quiet">None yet: your software registers them with <code>POST /api/partner/v2/webhooks</code>.</p>`
    : table(
        'Webhook endpoints',
        ['Address', 'Name', 'Secret', 'Client'],
        endpoints.map((one) => [
          html`<code>${one.url}</code>`,
          html`<bdi>${one.name ?? '–'}</bdi>`,
          html`<code>${one.secret}</code>`,
          html`<code>${one.clientId}</code>`,
        ]),
      )
}</section>
<section class="stack" aria-labelledby="deliveries"><div class="split"><h2 id="deliveries">Deliveries</h2>${freshSwitch(here)}</div>
${freshList(
  `${deliveries.length} deliveries`,
  deliveries.length === 0
    ? html`<p class="quiet">None yet. Each verification that ends sends an event to every endpoint of its client.</p>`
    : table(
        'Deliveries, newest first',
        ['Event', 'State', 'Attempts', 'Request id', 'Again'],
        deliveries.map((one) => row(here, one)),
      ),
)}</section>
<div class="columns">${holdCard(here)}${triggerCard(here, errors, typed)}</div>`,
  };
}

function row(here: string, one: DeliveryView): readonly Html[] {
  const states = {
    waiting: badge('waits', 'warn'),
    delivered: badge('delivered', 'good'),
    given_up: badge('given up', 'bad'),
  };
  const again = `${here}/${one.deliveryId}/replay`;
  return [
    html`<code>${one.event.type}</code>`,
    html`${states[one.state]}${one.nextAttemptAt !== null && html`<br><span class="small quiet">next ${shortDateTime(one.nextAttemptAt)}</span>`}`,
    one.attempts.length === 0
      ? html`<span class="quiet">none yet</span>`
      : html`${one.attempts.map(({ at, status, error }) => html`${shortDateTime(at)}: ${status ?? error ?? 'no answer'}<br>`)}`,
    html`<code>${one.event.request_id}</code>`,
    html`<div class="row">${buttonForm(again, 'Send again', { className: 'link', about: `(event ${one.event.event_id})` })}
${buttonForm(again, 'Send twice', { className: 'link', fields: { times: '2' }, about: `(event ${one.event.event_id})` })}</div>`,
  ];
}

function holdCard(here: string): Html {
  return html`<section class="card" aria-labelledby="hold"><h2 id="hold">Hold back and change the order</h2>
<p>Receivers must cope with events that come late or in another order.</p>
<form method="post" action="${here}"><div class="row"><button class="second" name="act" value="hold">Hold new webhooks</button>
<button class="second" name="act" value="release">Let them go</button>
<button class="second" name="act" value="newest">Let them go, newest first</button></div></form></section>`;
}

function triggerCard(here: string, errors: readonly FormError[], typed: URLSearchParams): Html {
  const value = (name: string, otherwise = ''): string => typed.get(name) ?? otherwise;
  return html`<section class="card" aria-labelledby="trigger"><h2 id="trigger">Send an event by hand</h2>
<form method="post" action="${here}/trigger" novalidate>
${selectField({ name: 'type', label: 'Type', value: value('type') }, [
  ['vwsp_request.verified', 'vwsp_request.verified'],
  ['vwsp_request.canceled', 'vwsp_request.canceled'],
])}
${textField({ name: 'other', label: 'Or any other type', hint: 'For types that do not exist yet.', value: value('other') })}
${textField({ name: 'requests', label: 'Request ids', hint: 'Separated by spaces, one event each. Empty: the newest verification.', value: value('requests') })}
<div class="pair">${textField({ name: 'delay', label: 'Wait (seconds)', value: value('delay', '0'), inputmode: 'decimal' }, errors)}
${textField({ name: 'copies', label: 'Copies', value: value('copies', '1'), inputmode: 'numeric' }, errors)}</div>
<label class="tick"><input type="checkbox" name="reorder"${typed.has('reorder') && html` checked`}>Newest event first</label>
<div class="actions"><button>Send</button></div></form></section>`;
}
