import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Stores `total` awards in transactions of `batch`, each with a recipient, a history line and a job, as a bulk import does. */
export async function storeAwards(
  store,
  total,
  { batch = 500, issuer = 'bench', inFlight = 2, offset = 0 } = {},
) {
  let next = 0;
  const lane = async () => {
    while (next < total) {
      const from = next;
      next += batch;
      await storeBatch(store, issuer, offset + from, Math.min(batch, total - from));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

async function storeBatch(store, issuer, from, count) {
  const now = Date.now();
  const people = Array.from({ length: count }, (_, at) => ({
    issuer,
    id: randomBytes(16).toString('base64url'),
    emailHash: hash(`${issuer} learner ${from + at}`),
    subjectHash: null,
    wrappedKey: randomBytes(61),
    keyId: 'k1',
    sealedPerson: randomBytes(180),
    createdAt: now,
  }));
  const awards = people.map((person, at) => ({
    issuer,
    id: randomBytes(16).toString('base64url'),
    keyHash: hash(`${issuer} key ${from + at}`),
    version: 1,
    recipientId: person.id,
    credentialType: 'microcredential',
    generation: 1,
    facts: { submissions: [] },
    sealedCredential: randomBytes(420),
    payloadHash: hash(`payload ${from + at}`),
    createdAt: now,
    revision: 1,
  }));
  await store.transaction(async (tx) => {
    await tx.recipientsByEmail(
      issuer,
      people.map(({ emailHash }) => emailHash),
    );
    await tx.awardsByKey(
      issuer,
      awards.map(({ keyHash }) => keyHash),
    );
    await tx.insertRecipients(people);
    await tx.insertAwards(awards);
    await tx.appendHistory(
      awards.map(({ id, payloadHash }) => ({
        issuer,
        awardId: id,
        at: now,
        who: 'system',
        what: 'created',
        why: null,
        payloadHash,
      })),
    );
    await tx.enqueue(
      people.map(({ id }) => ({
        id: randomUUID(),
        issuer,
        kind: 'claim_mail',
        refs: { recipientId: id },
        runAt: now,
      })),
    );
  });
}

function hash(text) {
  return createHash('sha256').update(text).digest();
}
