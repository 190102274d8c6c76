import { html } from '../html.ts';
import type { Html } from '../html.ts';

type Tone = 'good' | 'bad' | 'warn' | 'plain';

/** A state as a small label: always a word, the colour only helps. */
export function badge(text: string, tone: Tone = 'plain'): Html {
  return html`<span class="badge${tone !== 'plain' && ` ${tone}`}">${text}</span>`;
}

/** The status of a submission or a verification, with what SEEK Pass does not tell a partner. */
export function statusBadge(status: string, canceledBy: string | null): Html {
  if (status === 'verified') return badge('verified', 'good');
  if (status === 'canceled')
    return badge(canceledBy === 'expiry' ? 'canceled (expired)' : 'canceled (declined)', 'bad');
  return badge(status);
}

/** An HTTP status; none when the call got no answer. */
export function httpBadge(status: number | null | undefined): Html {
  if (status === undefined || status === null) return badge('no answer', 'bad');
  return badge(String(status), status < 300 ? 'good' : status < 500 ? 'warn' : 'bad');
}
