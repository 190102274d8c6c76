import type { ServerResponse } from 'node:http';
import type { FaultEffect } from '../world/faults.ts';
import type { SandboxResponse } from './message.ts';

/** Effects that bend a rightly made answer on its way out. */
export type BentAnswer = Extract<FaultEffect, { readonly kind: 'truncated_body' | 'slow_body' }>;

/** Pieces a slow body is sent in. */
const slowPieces = 10;

/** Writes an answer as it should be. */
export function writeAnswer(out: ServerResponse, answer: SandboxResponse, date: string): void {
  const body = answer.body ?? '';
  out.writeHead(answer.status, headerList(answer, date, Buffer.byteLength(body)));
  out.end(body);
}

/** Writes an answer that breaks off in the middle, or comes in drops. */
export function writeBentAnswer(
  out: ServerResponse,
  answer: SandboxResponse,
  date: string,
  effect: BentAnswer,
): void {
  const body = Buffer.from(answer.body ?? '');
  out.writeHead(answer.status, headerList(answer, date, body.length));
  if (effect.kind === 'truncated_body') {
    out.write(body.subarray(0, Math.floor(body.length / 2)), () => out.destroy());
    return;
  }
  const step = Math.max(1, Math.ceil(body.length / slowPieces));
  let sent = 0;
  const drip = (): void => {
    if (out.destroyed) return;
    out.write(body.subarray(sent, sent + step));
    sent += step;
    if (sent >= body.length) out.end();
    else setTimeout(drip, effect.ms / slowPieces).unref();
  };
  out.flushHeaders();
  setTimeout(drip, effect.ms / slowPieces).unref();
}

/** A flat list: the cheapest form for node:http. */
function headerList(answer: SandboxResponse, date: string, length: number): string[] {
  const list = ['Date', date];
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    if (typeof value === 'string') list.push(name, value);
    else for (const one of value) list.push(name, one);
  }
  if (answer.status !== 204) list.push('Content-Length', String(length));
  return list;
}
