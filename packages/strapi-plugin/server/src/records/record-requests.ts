import { z } from 'zod';
import { erasureReasons } from '../../../contract/records.ts';

const name = z.string().trim().min(1, 'is empty').max(500, 'is longer than 500 characters');

/** What `POST /seek-pass/erasures` takes. An erasure cannot be undone: whoever asks for it types whom it is about a second time. */
export const erasureRequest = z
  .strictObject({
    of: z.union(
      [z.strictObject({ email: name }), z.strictObject({ subject: name }), z.strictObject({ key: name })],
      'name one person: by email, subject or key',
    ),
    reason: z.enum(erasureReasons),
    dryRun: z.boolean().exactOptional(),
    confirmation: z.string().max(500).exactOptional(),
  })
  .refine(
    ({ of, dryRun, confirmation }) => dryRun === true || confirmation?.trim() === Object.values(of)[0],
    { path: ['confirmation'], message: 'does not say the same: type it as above' },
  );

/** A head as it is written in a request: `12.<mac>`. */
const head = z.string().regex(/^\d{1,15}\.[\w-]{43}$/, 'write each head as its number, a dot and its mac');

/** What `GET /seek-pass/audit/verdict` takes: heads that the log told, which the chain must still have. */
export const verdictQuery = z.strictObject({
  head: z.union([head.transform((one) => [one]), z.array(head).max(100)]).default([]),
});
