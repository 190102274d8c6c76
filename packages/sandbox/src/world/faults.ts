import type { Random } from './random.ts';

/** What goes wrong. Waits here are real time, not the sandbox's clock: a caller waits in real time. */
export type FaultEffect =
  /** Answers at once with this status; the request is not looked at. 429 and 503 may carry `retryAfter`. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** As the header says it: seconds (`"3"`) or an HTTP date. */
      readonly retryAfter?: string | undefined;
      /** Replaces the JSON error body: `"<html>…"` for a gateway's page. */
      readonly body?: string | undefined;
      readonly contentType?: string | undefined;
    }
  /** Answers rightly, this much later. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Breaks the connection before the request is looked at, or after it took effect. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Never answers; the request takes effect when `when` is `after`. */
  | { readonly kind: 'hang'; readonly when: 'before' | 'after' }
  /** Takes effect, then sends half of the announced body and closes. */
  | { readonly kind: 'truncated_body' }
  /** Takes effect, then sends the body in small pieces over `ms`. */
  | { readonly kind: 'slow_body'; readonly ms: number }
  /** Revokes the token of the request, which then gets 401; a new token works. */
  | { readonly kind: 'token_revoked' };

/** A fault to set. */
export interface FaultRule {
  /** Any method when left out. */
  readonly method?: string | undefined;
  /** A path of the partner API; `*` stands for any text: `/api/partner/v1/add/*`. */
  readonly path: string;
  readonly effect: FaultEffect;
  /** 0 to 1; 1 when left out. */
  readonly probability?: number | undefined;
  /** How often it happens at most; without end when left out. */
  readonly count?: number | undefined;
  /** Makes the draws repeatable; 1 when left out. */
  readonly seed?: number | undefined;
}

/** A fault that is set. */
export interface Fault extends FaultRule {
  readonly faultId: string;
  /** How often it has happened. */
  happened: number;
}

interface ArmedFault {
  readonly fault: Fault;
  readonly pattern: RegExp;
  readonly draw: () => number;
}

/** The faults of one sandbox, asked once per request to the partner API. */
export class Faults {
  readonly #random: Random;
  #armed: ArmedFault[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  set(rule: FaultRule): Fault {
    const fault: Fault = { ...rule, faultId: this.#random.uuid(), happened: 0 };
    const parts = rule.path
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`));
    this.#armed.push({
      fault,
      pattern: new RegExp(`^${parts.join('.*')}$`, 'u'),
      draw: seededDraw(rule.seed ?? 1),
    });
    return fault;
  }

  /** False when there was no such fault. */
  remove(faultId: string): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((armed) => armed.fault.faultId !== faultId);
    return this.#armed.length < before;
  }

  list(): readonly Fault[] {
    return this.#armed.map((armed) => armed.fault);
  }

  clear(): void {
    this.#armed = [];
  }

  /** What happens to this request; the first fault that fits and strikes decides. */
  strike(method: string, path: string): FaultEffect | undefined {
    for (const { fault, pattern, draw } of this.#armed) {
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (fault.count !== undefined && fault.happened >= fault.count) continue;
      if (!pattern.test(path)) continue;
      if (fault.probability !== undefined && draw() >= fault.probability) continue;
      fault.happened += 1;
      return fault.effect;
    }
    return undefined;
  }
}

/** Numbers in [0, 1) that follow from the seed alone (a 32-bit xorshift after mixing the seed). */
function seededDraw(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
}
