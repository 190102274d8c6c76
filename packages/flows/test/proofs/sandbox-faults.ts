import type { FaultEffect, Sandbox } from '@seek-pass-kit/sandbox';

/** What goes wrong at SEEK Pass: before a request takes effect, and after it did. Each with 2 %: 10 % in all. */
const effects: readonly FaultEffect[] = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfter: '0' },
  { kind: 'reset', when: 'before' },
  { kind: 'reset', when: 'after' },
  { kind: 'truncated_body' },
];

/** Sets the faults for everything that a partner asks SEEK Pass. */
export function setFaults({ control }: Sandbox, seed: number): void {
  for (const [at, effect] of effects.entries()) {
    control.faults.set({ path: '/api/partner/*', effect, probability: 0.02, seed: seed + at });
  }
}
