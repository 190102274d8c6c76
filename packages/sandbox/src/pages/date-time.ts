import { html } from './html.ts';
import type { Html } from './html.ts';

const format = new Intl.DateTimeFormat('en-AU', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
  hourCycle: 'h23',
});
const shortFormat = new Intl.DateTimeFormat('en-AU', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
  hourCycle: 'h23',
});

/** A moment of the sandbox's clock in words, always in UTC: the server does not know the reader's time zone. */
export function dateTime(at: number | string): Html {
  const date = new Date(at);
  return html`<time datetime="${date.toISOString()}">${format.format(date)} UTC</time>`;
}

/** The same for lists: no year, with seconds. */
export function shortDateTime(at: number | string): Html {
  const date = new Date(at);
  return html`<time datetime="${date.toISOString()}">${shortFormat.format(date)}</time>`;
}

/** How long until `at`, for a person: `1 day 23 hours`. */
export function timeLeft(at: number, now: number): string {
  const minutes = Math.max(0, Math.floor((at - now) / 60_000));
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts.filter(([count]) => count > 0).slice(0, 2);
  if (said.length === 0) return 'less than a minute';
  return said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' ');
}
