import { z } from 'zod';
import { SandboxError } from '../sandbox-error.ts';
import type { FaultRule } from '../world/faults.ts';

const milliseconds = z.number().min(0).max(1e12);
const count = z.int().min(1).max(1000);

const faultEffect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    retryAfter: z.string().optional(),
    body: z.string().optional(),
    contentType: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('latency'), ms: milliseconds }),
  z.strictObject({ kind: z.literal('reset'), when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('hang'), when: z.enum(['before', 'after']) }),
  z.strictObject({ kind: z.literal('truncated_body') }),
  z.strictObject({ kind: z.literal('slow_body'), ms: milliseconds }),
  z.strictObject({ kind: z.literal('token_revoked') }),
]);

/** A fault to set: see {@link FaultRule}. */
export const faultRule: z.ZodType<FaultRule> = z.strictObject({
  method: z.string().optional(),
  path: z.string().startsWith('/'),
  effect: faultEffect,
  probability: z.number().min(0).max(1).optional(),
  count: count.optional(),
  seed: z.int().optional(),
});

/** How far the clock moves: the parts add up. */
export const clockStep = z.strictObject({
  hours: z.number().min(0).optional(),
  minutes: z.number().min(0).optional(),
  seconds: z.number().min(0).optional(),
  ms: z.number().min(0).optional(),
});

/** Where the clock stops; now when left out. */
export const clockFreeze = z.strictObject({ at: z.iso.datetime().optional() });

/** Webhooks to send by hand. */
export const webhookTrigger = z.strictObject({
  /** Any text: also types that SEEK Pass does not have yet. */
  type: z.string().min(1),
  /** One event each; the newest verification's when left out. */
  requestIds: z.array(z.string().min(1)).min(1).optional(),
  /** Only to this endpoint; to all when left out. */
  endpointId: z.string().optional(),
  /** By the sandbox's clock. */
  delayMs: milliseconds.optional(),
  /** Copies of each event, with the same `event_id`. */
  copies: count.optional(),
  /** Sends the newest event first. */
  reorder: z.boolean().optional(),
});

/** Lets held webhooks go. */
export const webhookRelease = z.strictObject({ order: z.enum(['as_created', 'newest_first']).optional() });

/** A learner and a link: the redirect URI as the API gave it, or its `content`. */
export const learnerAtLink = z.strictObject({ link: z.string().min(1), email: z.string().min(3) });

/** A learner who shares an identity; the passport when none is named. */
export const learnerShares = learnerAtLink.extend({ identityId: z.string().optional() });

/** A learner. */
export const learnerAlone = z.strictObject({ email: z.string().min(3) });

/** A new client secret; the one before works on when `keepPrevious`. */
export const secretRotation = z.strictObject({
  clientId: z.string().optional(),
  keepPrevious: z.boolean().optional(),
});

/** Reads a control request; throws `invalid_request` that names the field. */
export function readControl<T>(schema: z.ZodType<T>, value: unknown): T {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const [first] = checked.error.issues;
  const at =
    first === undefined || first.path.length === 0 ? 'The request' : `The field "${first.path.join('.')}"`;
  throw new SandboxError(
    'invalid_request',
    `${at} is not right: ${first?.message ?? 'compare it with the documentation'}.`,
  );
}
