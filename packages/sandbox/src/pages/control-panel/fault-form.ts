import type { FaultEffect, FaultRule } from '../../world/faults.ts';
import { selectField, textField } from '../form-field.ts';
import type { FormError } from '../form-field.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { NumberFields } from './number-field.ts';

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

/** Reads the form of {@link faultForm}; `rule` counts only when there are no errors. */
export function faultFrom(form: URLSearchParams): {
  readonly rule: FaultRule;
  readonly errors: readonly FormError[];
} {
  const numbers = new NumberFields(form);
  const path = form.get('path')?.trim() ?? '';
  const method = form.get('method') ?? '';
  const effect = effectFrom(form, numbers);
  const chance = numbers.read('probability', { label: 'Chance', from: 0, to: 100 });
  const count = numbers.read('count', { label: 'At most how often', from: 1, to: 1000, whole: true });
  const seed = numbers.read('seed', { label: 'Seed', from: 0, to: 2_147_483_647, whole: true });
  const pathErrors: readonly FormError[] = path.startsWith('/')
    ? []
    : [{ field: 'path', message: 'Path: begin with a slash, like /api/partner/v1/add/*.' }];
  return {
    rule: {
      path,
      effect,
      ...(method === '' ? {} : { method }),
      ...(chance === undefined ? {} : { probability: chance / 100 }),
      ...(count === undefined ? {} : { count }),
      ...(seed === undefined ? {} : { seed }),
    },
    errors: [...pathErrors, ...numbers.errors],
  };
}

function effectFrom(form: URLSearchParams, numbers: NumberFields): FaultEffect {
  const [kind, when] = (form.get('effect') ?? '').split('-');
  const status = numbers.read('status', { label: 'Error status', from: 200, to: 599, whole: true }) ?? 503;
  const ms = (numbers.read('seconds', { label: 'Seconds', from: 0, to: 3600 }) ?? 5) * 1000;
  const retryAfter = form.get('retryAfter')?.trim() ?? '';
  switch (kind) {
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
      return { kind: 'status', status, ...(retryAfter === '' ? {} : { retryAfter }) };
  }
}

/** The form for a new fault, with what was typed and what is wrong with it. */
export function faultForm(action: string, errors: readonly FormError[], typed: URLSearchParams): Html {
  const value = (name: string, otherwise = ''): string => typed.get(name) ?? otherwise;
  return html`<section class="card" aria-labelledby="new"><h2 id="new">Set a fault</h2>
<form method="post" action="${action}" novalidate>
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
