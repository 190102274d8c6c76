import type { Route, SandboxRequest } from '../../http/message.ts';
import { SandboxError } from '../../sandbox-error.ts';
import type { Fault, FaultEffect } from '../../world/faults.ts';
import { buttonForm, errorSummary, selectField, textField } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { table } from '../table.ts';
import { numberIn } from './number-field.ts';
import type { PanelSite } from './panel-site.ts';

/** What can go wrong, as the form offers it. */
const effects = [
  ['status', 'Answer with an error status'],
  ['latency', 'Answer late'],
  ['reset-before', 'Break the connection, request not looked at'],
  ['reset-after', 'Break the connection after it took effect'],
  ['hang-before', 'Never answer, request not looked at'],
  ['hang-after', 'Never answer after it took effect'],
  ['truncated_body', 'Send half of the answer'],
  ['slow_body', 'Send the answer slowly'],
  ['token_revoked', 'Revoke the token of the request'],
] as const;

/** Faults of the partner API: set, see how often they struck, remove. */
export function faultRoutes(site: PanelSite): readonly Route[] {
  const { faults } = site.control;
  return [
    {
      method: 'GET',
      path: '/control/faults',
      handle: site.handler('faults', (request) => site.page('faults', faultsPage(site), request)),
    },
    {
      method: 'POST',
      path: '/control/faults',
      handle: site.handler('faults', (request) => {
        try {
          setFault(site, request);
        } catch (error) {
          if (!(error instanceof SandboxError && error.code === 'invalid_request')) throw error;
          const errors = [{ field: fieldOf(error), message: error.message }];
          return site.page('faults', faultsPage(site, errors, request.form()), request);
        }
        return site.done('faults', 'fault-set');
      }),
    },
    {
      method: 'POST',
      path: '/control/faults/:fault/remove',
      handle: site.handler('faults', (request) => {
        faults.remove(request.params['fault'] ?? '');
        return site.done('faults', 'fault-removed');
      }),
    },
  ];
}

function setFault(site: PanelSite, request: SandboxRequest): void {
  const form = request.form();
  const method = form.get('method') ?? '';
  const [probability, count, seed] = [
    numberIn(form, 'probability'),
    numberIn(form, 'count'),
    numberIn(form, 'seed'),
  ];
  site.control.faults.set({
    path: form.get('path')?.trim() ?? '',
    effect: effectOf(form),
    ...(method === '' ? {} : { method }),
    ...(probability === undefined ? {} : { probability: probability / 100 }),
    ...(count === undefined ? {} : { count }),
    ...(seed === undefined ? {} : { seed }),
  });
}

function effectOf(form: URLSearchParams): FaultEffect {
  const [kind, when] = (form.get('effect') ?? '').split('-');
  const ms = (numberIn(form, 'seconds') ?? 5) * 1000;
  const retryAfter = form.get('retryAfter')?.trim() ?? '';
  switch (kind) {
    case 'status':
      return {
        kind,
        status: numberIn(form, 'status') ?? 503,
        ...(retryAfter === '' ? {} : { retryAfter }),
      };
    case 'latency':
    case 'slow_body':
      return { kind, ms };
    case 'reset':
    case 'hang':
      return { kind, when: when === 'after' ? 'after' : 'before' };
    case 'truncated_body':
    case 'token_revoked':
      return { kind };
    default:
      throw new SandboxError('invalid_request', 'The field "effect" is not right: choose one of the list.');
  }
}

/** The form's field an error is about: control errors name it, parts of the effect by their own name. */
function fieldOf(error: SandboxError): string {
  const named = /field "(?:effect\.)?([A-Za-z]+)"/u.exec(error.message)?.[1] ?? 'path';
  return named === 'ms' ? 'seconds' : named;
}

function faultsPage(site: PanelSite, errors: readonly FormError[] = [], typed = new URLSearchParams()): Page {
  const set = site.control.faults.list();
  return {
    status: errors.length === 0 ? 200 : 422,
    title: `${errors.length === 0 ? '' : 'Error: '}Faults`,
    main: html`${errorSummary(errors)}<div class="stack"><h1>Faults</h1>
<p class="quiet">They strike calls of the partner API. Waits here are real time, not the sandbox’s clock.</p></div>
${
  set.length === 0
    ? html`<p class="note">No fault is set.</p>`
    : table(
        'Faults',
        ['Path', 'What happens', 'How often', 'Happened', 'Remove'],
        set.map((fault) => row(site, fault)),
      )
}
${faultForm(site, errors, typed)}`,
  };
}

function row(site: PanelSite, fault: Fault): readonly (Html | string | number)[] {
  const often = [
    fault.probability === undefined
      ? 'always'
      : `${Math.round(fault.probability * 100)} % (seed ${fault.seed ?? 1})`,
    ...(fault.count === undefined ? [] : [`at most ${fault.count} times`]),
  ];
  return [
    html`<code>${fault.method ?? 'any'} ${fault.path}</code>`,
    effectInWords(fault.effect),
    often.join(', '),
    fault.happened,
    buttonForm(`${site.home}faults/${fault.faultId}/remove`, 'Remove', {
      className: 'link',
      about: `the fault of ${fault.path}`,
    }),
  ];
}

function effectInWords(effect: FaultEffect): string {
  switch (effect.kind) {
    case 'status':
      return `Answers ${effect.status}${effect.retryAfter === undefined ? '' : ` with Retry-After: ${effect.retryAfter}`}`;
    case 'latency':
      return `Answers ${effect.ms / 1000} s late`;
    case 'slow_body':
      return `Sends the answer over ${effect.ms / 1000} s`;
    case 'reset':
      return `Breaks the connection ${effect.when} it took effect`;
    case 'hang':
      return `Never answers; ${effect.when === 'after' ? 'took effect' : 'not looked at'}`;
    case 'truncated_body':
      return 'Sends half of the answer';
    case 'token_revoked':
      return 'Revokes the token';
  }
}

function faultForm(site: PanelSite, errors: readonly FormError[], typed: URLSearchParams): Html {
  const value = (name: string, otherwise = ''): string => typed.get(name) ?? otherwise;
  return html`<section class="card" aria-labelledby="new"><h2 id="new">Set a fault</h2>
<form method="post" action="${site.home}faults" novalidate>
<div class="pair">${selectField({ name: 'method', label: 'Method', value: value('method') }, [
    ['', 'Any'],
    ['GET', 'GET'],
    ['POST', 'POST'],
    ['PUT', 'PUT'],
    ['DELETE', 'DELETE'],
  ])}
${textField({ name: 'path', label: 'Path (* stands for any text)', value: value('path', '/api/partner/*') }, errors)}</div>
${selectField({ name: 'effect', label: 'What happens', value: value('effect') }, effects)}
<div class="pair">${textField({ name: 'status', label: 'Error status', value: value('status', '503'), inputmode: 'numeric' }, errors)}
${textField({ name: 'retryAfter', label: 'Retry-After', value: value('retryAfter') }, errors)}
${textField({ name: 'seconds', label: 'Seconds (late or slow)', value: value('seconds', '5'), inputmode: 'decimal' }, errors)}</div>
<div class="pair">${textField({ name: 'probability', label: 'Chance in %', value: value('probability', '100'), inputmode: 'decimal' }, errors)}
${textField({ name: 'count', label: 'At most how often', value: value('count'), inputmode: 'numeric' }, errors)}
${textField({ name: 'seed', label: 'Seed of the chance', value: value('seed', '1'), inputmode: 'numeric' }, errors)}</div>
<div class="actions"><button>Set this fault</button></div></form></section>`;
}
