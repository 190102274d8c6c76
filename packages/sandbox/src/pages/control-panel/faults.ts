import type { Route } from '../../http/message.ts';
import type { Fault, FaultEffect } from '../../world/faults.ts';
import { buttonForm, errorSummary } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import type { Page } from '../layout.ts';
import { table } from '../table.ts';
import { faultForm, faultFrom } from './fault-form.ts';
import type { PanelSite } from './panel-site.ts';

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
        const form = request.form();
        const { rule, errors } = faultFrom(form);
        if (errors.length > 0) return site.page('faults', faultsPage(site, errors, form), request);
        faults.set(rule);
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
${faultForm(`${site.home}faults`, errors, typed)}`,
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
