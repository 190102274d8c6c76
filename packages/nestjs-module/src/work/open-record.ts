import type { SeekPassOptions } from '@seek-pass-kit/core';
import type { HostRecord } from '@seek-pass-kit/flows/node';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** What counts and remembers for health and metrics. A registration that is only a client has none, and loads nothing for it. */
export async function openRecord({
  addFlow,
  verifyFlow,
  webhooks,
  health,
  metrics,
  clock,
}: SeekPassModuleOptions): Promise<HostRecord | undefined> {
  const parts = [addFlow, verifyFlow, webhooks, metrics];
  if (health !== true && parts.every((part) => part === undefined)) return undefined;
  const { createHostRecord } = await import('@seek-pass-kit/flows/node');
  return createHostRecord(clock === undefined ? {} : { clock });
}

/** Options of a client whose record is told what it does, besides `onEvent` of the application. */
export function watchedBy(record: HostRecord | undefined, client: SeekPassOptions): SeekPassOptions {
  if (record === undefined) return client;
  return {
    ...client,
    onEvent(event) {
      record.onSeekPassEvent(event);
      client.onEvent?.(event);
    },
  };
}
