import { z } from 'zod';
import { credentialTypes } from '../shapes.ts';
import { Submission } from '../world/submission.ts';
import type { World } from '../world/world.ts';

const time = z.number().optional();
const status = z.enum(['incomplete', 'verified', 'canceled']);
const canceledBy = z.enum(['learner', 'expiry']).optional();

const submission = z.object({
  contentId: z.string(),
  clientId: z.string(),
  id: z.string(),
  kind: z.enum([...credentialTypes, 'batch']),
  form: z.enum(['v1', 'v2', 'batch_v1', 'batch_v2']),
  documentType: z.string().optional(),
  createdAt: z.number(),
  payload: z.string(),
  deleted: z.boolean(),
  status,
  finalizedAt: time,
  canceledBy,
  userId: z.string().optional(),
  walletCopy: z.enum(['none', 'awaiting_app', 'kept', 'deleted']),
  repeats: z.number(),
  differingRepeats: z.number(),
});

const verification = z.object({
  contentId: z.string(),
  clientId: z.string(),
  requestId: z.string(),
  request: z.looseObject({ display_options: z.looseObject({ partner_name: z.string() }) }),
  createdAt: z.number(),
  status,
  finalizedAt: time,
  canceledBy,
  userId: z.string().optional(),
  shared: z
    .object({ identityId: z.string(), label: z.string(), fields: z.record(z.string(), z.unknown()) })
    .optional(),
});

const mail = z.object({
  mailId: z.string(),
  receivedAt: z.number(),
  source: z.enum(['sandbox', 'smtp']),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  attachments: z.array(
    z.object({ filename: z.string().optional(), contentType: z.string(), size: z.number() }),
  ),
  raw: z.string().optional(),
});

/** The version this code writes and reads. */
export const snapshotVersion = 1;

/** What a state file holds: everything but sessions, tokens, faults, deliveries and the request log. */
export const snapshotSchema = z.object({
  format: z.literal('seek-pass-sandbox'),
  version: z.literal(snapshotVersion),
  clock: z.object({ aheadMs: z.number(), frozenAt: time }),
  clients: z.array(
    z.object({
      clientId: z.string(),
      name: z.string(),
      scopes: z.array(z.string()),
      secrets: z.array(z.string()),
    }),
  ),
  submissions: z.array(submission),
  uploads: z.array(
    z.object({
      uploadId: z.string(),
      contentId: z.string(),
      assetId: z.string(),
      contentType: z.string(),
      expiresAt: z.number(),
      received: z.object({ size: z.number(), sha256: z.string(), at: z.number() }).optional(),
    }),
  ),
  verifications: z.array(verification),
  users: z.array(
    z.object({
      userId: z.string(),
      email: z.string(),
      fullName: z.string(),
      dateOfBirth: z.string(),
      appSignedInAt: time,
    }),
  ),
  endpoints: z.array(
    z.object({
      endpointId: z.string(),
      clientId: z.string(),
      url: z.string(),
      name: z.string().optional(),
      description: z.string().optional(),
      secret: z.string(),
    }),
  ),
  mails: z.array(mail),
});

/** A world as a state file holds it. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** The world as plain data, oldest things first. */
export function takeSnapshot(world: World): object {
  const { now, frozen, aheadMs } = world.clock.state;
  return {
    format: 'seek-pass-sandbox',
    version: snapshotVersion,
    clock: frozen ? { aheadMs, frozenAt: now } : { aheadMs },
    clients: world.clients.list(),
    submissions: world.submissions.list().toReversed(),
    uploads: world.uploads.list(),
    verifications: world.verifications.list().toReversed(),
    users: world.users.list(),
    endpoints: world.endpoints.list(),
    mails: world.mailbox.list().toReversed(),
  };
}

/** Puts a snapshot into a fresh world. */
export function restoreSnapshot(world: World, snapshot: Snapshot): void {
  for (const client of snapshot.clients) world.clients.add(client);
  for (const user of snapshot.users) world.users.restore({ ...user, appSignedInAt: user.appSignedInAt });
  for (const kept of snapshot.submissions) {
    const restored = new Submission(kept.contentId, kept.createdAt, {
      ...kept,
      documentType: kept.documentType,
    });
    restored.deleted = kept.deleted;
    restored.status = kept.status;
    restored.finalizedAt = kept.finalizedAt;
    restored.canceledBy = kept.canceledBy;
    restored.userId = kept.userId;
    restored.walletCopy = kept.walletCopy;
    restored.repeats = kept.repeats;
    restored.differingRepeats = kept.differingRepeats;
    world.submissions.restore(restored);
  }
  for (const upload of snapshot.uploads) world.uploads.restore({ ...upload, received: upload.received });
  for (const kept of snapshot.verifications) {
    const { finalizedAt, canceledBy: by, userId, shared } = kept;
    world.verifications.restore({ ...kept, finalizedAt, canceledBy: by, userId, shared });
  }
  for (const kept of snapshot.endpoints) {
    world.endpoints.restore({ ...kept, name: kept.name, description: kept.description });
  }
  for (const kept of snapshot.mails) {
    const attachments = kept.attachments.map((one) => ({ ...one, filename: one.filename }));
    world.mailbox.restore({ ...kept, html: kept.html, raw: kept.raw, attachments });
  }
  world.clock.restore(snapshot.clock);
}
