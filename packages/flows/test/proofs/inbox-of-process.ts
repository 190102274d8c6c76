import { type Clock, systemClock } from '@seek-pass-kit/core';
import { onTestFinished } from 'vitest';
import type { InboxOptions } from '../../src/inbox/inbox-options.ts';
import type { Institution } from './institution.ts';
import { openProofInbox, type ProofInbox } from './proof-inbox.ts';

/** The machine's clock, and somebody who turns it forward. */
export class LeapingClock implements Clock {
  #ahead = 0;

  now(): number {
    return systemClock.now() + this.#ahead;
  }

  leap(ms: number): void {
    this.#ahead += ms;
  }

  setTimer(delayMs: number, callback: () => void): () => void {
    return systemClock.setTimer(delayMs, callback);
  }
}

/** One process: an inbox over a store of its own, and what handles its events. */
export async function openInboxProcess<Verify>(
  { settings }: Institution,
  url: string,
  clock: Clock,
  partsOf: (
    seekPass: ProofInbox['seekPass'],
    store: ProofInbox['store'],
  ) => Promise<{ readonly verify: Verify; readonly options: Partial<InboxOptions> }>,
): Promise<ProofInbox & { readonly verify: Verify }> {
  const made: Verify[] = [];
  const optionsOf = async (seekPass: ProofInbox['seekPass'], store: ProofInbox['store']) => {
    const { verify, options } = await partsOf(seekPass, store);
    made.push(verify);
    return options;
  };
  const opened = await openProofInbox(settings, url, optionsOf, clock);
  onTestFinished(() => opened.close());
  return { ...opened, verify: made[0] as Verify };
}
