import { UnavailableError, type VerifyResult } from '@seek-pass-kit/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { callbackUrl } from '../../src/verify/request-verification.ts';
import type { VerificationEventType } from '../../src/verify/verification-event.ts';
import type { VerificationState } from '../../src/verify/verification-facts.ts';
import { createVerifyFlow } from '../../src/verify/verify-flow.ts';
import type { Pace } from '../proofs/pace.ts';
import type { Place } from '../proofs/place.ts';
import { StandingClock } from '../standing-clock.ts';
import { verifiedEvent } from './verified-event.ts';
import { anh, somchai, verificationInput, VerifyBrowser } from './verify-fixture.ts';

/**
 * What can happen to a verification. `share`, `share_other` and `refuse` end it at SEEK Pass, the first of them; `callback` is the browser
 * that started, and comes only after an end; `late` is six hours, `expiry` three days.
 */
export type Happening =
  | 'share'
  | 'share_other'
  | 'refuse'
  | 'callback'
  | 'webhook'
  | 'poll'
  | 'soon'
  | 'late'
  | 'expiry';

const actors = {
  share: 'person',
  share_other: 'person',
  refuse: 'person',
  callback: 'browser',
  webhook: 'webhook',
  poll: 'worker',
  soon: 'time',
  late: 'time',
  expiry: 'time',
} as const;

/** Steps of one actor come one after the other. */
export type Actor = (typeof actors)[Happening];

/** Any life: ends are as likely as not. */
export const anyHappenings = fc.array(
  fc.constantFrom<Happening[]>(
    'share',
    'share_other',
    'refuse',
    'callback',
    'callback',
    'webhook',
    'webhook',
    'poll',
    'poll',
    'soon',
    'late',
    'expiry',
  ),
  { minLength: 3, maxLength: 14, size: 'max' },
);

/** Which calls for a result SEEK Pass does not answer. */
export const anyLosses = fc.array(fc.boolean(), { maxLength: 12, size: 'max' });

/** What is given to a life. */
export interface Fate extends Pace<Actor> {
  readonly happenings: readonly Happening[];
  readonly lost: readonly boolean[];
  /** `false`: the webhooks are switched off. */
  readonly webhooks: boolean;
}

const minute = 60_000;
const hour = 60 * minute;
const keys = keyRingFromText(generateKeyRing());
const order: readonly VerificationState[] = ['created', 'open', 'expired', 'canceled', 'held'];

/** Lets everything happen to one verification, then time pass until nothing is due; expects that it ends as SEEK Pass says. */
export async function expectConverged({ store, issuer }: Place, fate: Fate): Promise<void> {
  const { happenings, lost, webhooks, turn, all } = fate;
  const clock = new StandingClock();
  const model = new SeekPassModel(() => clock.now(), turn, lost);
  const told: VerificationEventType[] = [];
  const flow = createVerifyFlow({
    issuer,
    seekPass: { verify: model, now: () => clock.now(), redirectOrigin: 'https://seek-pass.example' },
    environment: 'sandbox',
    store,
    keys,
    callbackBaseUrl: 'https://portal.example.edu/verify',
    brand: { name: 'Example University' },
    onDecision: ({ type }) => {
      told.push(type);
    },
    clock,
  });
  await flow.start();
  const started = await flow.createVerification(verificationInput());
  if (started.outcome !== 'redirect') throw new Error(started.outcome);
  const { verificationId: id } = started;
  const browser = new VerifyBrowser(flow.pages());
  browser.keep(started.setCookie);
  const status = await flow.status(id);
  const giveUpAt = status?.expiresAt ?? 0;
  const signs = { callback: false, webhook: false };
  const owed: string[] = [];
  let strongest = 0;

  const { signal } = new AbortController();
  const deliver = async () => {
    await flow.inboxHandler(verifiedEvent(model.requestId, issuer), { signal });
  };
  const acts: Readonly<Record<Happening, () => Promise<void>>> = {
    share: async () => model.end('verified', anh),
    share_other: async () => model.end('verified', somchai),
    refuse: async () => model.end('canceled'),
    async callback() {
      if (model.endedAt === undefined) return;
      signs.callback = true;
      await browser.open(callbackUrl(flow.context, id));
    },
    async webhook() {
      if (!webhooks) return;
      // Before the end there is nothing to tell; whoever forges it makes us look, and no more.
      if (model.endedAt !== undefined) signs.webhook = true;
      await deliver().catch(() => owed.push('webhook'));
    },
    poll: async () => void (await flow.runDue({ budgetMs: 1_000 })),
    soon: async () => clock.advance(2 * minute),
    late: async () => clock.advance(6 * hour),
    expiry: async () => clock.advance(72 * hour),
  };
  await all(async (actor) => {
    for (const happening of happenings) {
      if (actor !== undefined && actors[happening] !== actor) continue;
      await turn();
      await acts[happening]();
      const rank = rankOf((await flow.status(id))?.state);
      expect(rank).toBeGreaterThanOrEqual(actor === undefined ? strongest : 0);
      strongest = Math.max(strongest, rank);
    }
  });

  model.settle();
  for (const _ of owed) await deliver();
  // The next look, the word that it is held, the last look.
  for (const wait of [3 * minute, 6 * minute, 48 * hour, 6 * minute]) {
    clock.advance(wait);
    await flow.runDue({ budgetMs: 1_000 });
  }
  const ended = await flow.status(id);
  const found: VerificationState =
    model.status === 'canceled' ? 'canceled' : signs.callback ? model.verdict : 'held';
  const mustBeFound =
    model.endedAt !== undefined && (signs.callback || signs.webhook || model.endedAt < giveUpAt);
  const mayBe = model.endedAt === undefined ? ['expired'] : mustBeFound ? [found] : [found, 'expired'];
  expect(mayBe).toContain(ended?.state);
  expect(rankOf(ended?.state)).toBeGreaterThanOrEqual(strongest);
  const last = ['matched', 'mismatched'].includes(ended?.state ?? '') ? 'decided' : ended?.state;
  expect(told.at(-1)).toBe(last);
  expect(told.filter((type) => type === last)).toHaveLength(1);
}

function rankOf(state: VerificationState | undefined): number {
  const at = order.findIndex((candidate) => candidate === state);
  return at === -1 ? order.length : at;
}

/** SEEK Pass as far as one verification goes. An answer is of the moment of the question and may take its time. */
class SeekPassModel {
  readonly #now: () => number;
  readonly #turn: () => Promise<void>;
  readonly #lost: boolean[];
  #settling = false;
  #person: { readonly fullName: string; readonly dateOfBirth: string } | undefined;
  requestId = '';
  status: 'incomplete' | 'verified' | 'canceled' = 'incomplete';
  endedAt: number | undefined;

  constructor(now: () => number, turn: () => Promise<void>, lost: readonly boolean[]) {
    this.#now = now;
    this.#turn = turn;
    this.#lost = [...lost];
  }

  get verdict(): 'matched' | 'mismatched' {
    return this.#person === anh ? 'matched' : 'mismatched';
  }

  end(status: 'verified' | 'canceled', person?: { fullName: string; dateOfBirth: string }): void {
    if (this.endedAt !== undefined) return;
    this.status = status;
    this.#person = person;
    this.endedAt = this.#now();
  }

  /** From now on SEEK Pass answers. */
  settle(): void {
    this.#settling = true;
  }

  readonly request = async ({ request_id = '' }: { readonly request_id?: string }) => {
    this.requestId = request_id;
    return { requestId: request_id, redirectUri: 'https://seek-pass.example/partner/verify#content=1' };
  };

  readonly result = async (requestId: string): Promise<VerifyResult> => {
    await this.#wait();
    const { status, endedAt } = this;
    const fields = { full_name: this.#person?.fullName, date_of_birth: this.#person?.dateOfBirth };
    const response = {
      finalized_at: endedAt === undefined ? null : new Date(endedAt).toISOString(),
      credential: status === 'verified' ? { fields } : null,
    };
    await this.#wait();
    if (!this.#settling && this.#lost.shift() === true) throw new UnavailableError('lost');
    return { requestId, status, response };
  };

  async #wait(): Promise<void> {
    if (!this.#settling) await this.#turn();
  }
}
