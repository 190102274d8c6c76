import { randomBytes } from 'node:crypto';

const contentType = 'api::completion.completion';
const rareType = 'api::course.course';
const day = 24 * 3_600_000;

/** In which state an award is, by its number: mostly added or waiting, and a few of each other. */
function factsOf(number, now) {
  if (number % 1_000 === 3) return { facts: { submissions: [{ attempt: 1, outcome: 'refused' }] } };
  if (number % 500 === 1) return { facts: { submissions: [], linkClosure: 'withdrawn' } };
  if (number % 400 === 2) return { facts: { submissions: [{ attempt: 1, outcome: 'declined' }] } };
  if (number % 300 === 4)
    return {
      facts: { submissions: [{ attempt: 1, outcome: 'open' }] },
      submittedAt: now - (number % 47) * 3_600_000,
    };
  if (number % 10 < 6) return { facts: { submissions: [{ attempt: 1, outcome: 'verified' }] } };
  return { facts: { submissions: [] } };
}

/**
 * Stores awards as the flows do, past their checks: 50 of one person each, the newest of them all just now. Nine of ten come from entries of one
 * content type, some from a rare one, the rest from no entry.
 */
export async function seedAwards(strapi, count) {
  const { addFlow, store, issuer } = strapi.plugin('seek-pass').service('connection').required();
  const { records } = addFlow.context;
  const now = Date.now();
  const ofPerson = 50;
  for (let start = 0; start < count; start += ofPerson) {
    const person = start / ofPerson;
    const recipientId = randomBytes(16).toString('base64url');
    const { dataKey, wrappedKey, keyId } = await records.newDataKey(issuer, recipientId);
    const fullName = `Learner ${person}`;
    const email = `learner-${person}@seeded.example`;
    const numbers = Array.from({ length: Math.min(ofPerson, count - start) }, (_, at) => start + at);
    const awards = numbers.map((number) => {
      const id = randomBytes(16).toString('base64url');
      const key = `seeded/${number}`;
      const createdAt = now - Math.floor(((count - number) / count) * 365 * day);
      const credential = {
        credential_type: number % 50 === 7 ? 'education' : 'microcredential',
        fields:
          number % 50 === 7
            ? { full_name: fullName, issuer_name: 'Wattle Bay Training', course_name: 'Diploma of Nursing' }
            : {
                full_name: fullName,
                issuer_name: 'Wattle Bay Training',
                microcredential_name: `Forklift Safety ${number % 40}`,
                issue_date: '2026-02-20',
              },
      };
      return {
        number,
        submittedAt: factsOf(number, now).submittedAt,
        row: {
          issuer,
          id,
          keyHash: addFlow.keyHash(key),
          version: 1,
          recipientId,
          credentialType: credential.credential_type,
          course: null,
          generation: 1,
          facts: factsOf(number, now).facts,
          sealedCredential: records.sealAward(dataKey, issuer, id, { key, credential }),
          payloadHash: randomBytes(32),
          createdAt,
          revision: 1,
        },
      };
    });
    await store.transaction(async (tx) => {
      await tx.insertRecipients([
        {
          issuer,
          id: recipientId,
          emailHash: randomBytes(32),
          subjectHash: null,
          wrappedKey,
          keyId,
          sealedPerson: records.sealPerson(dataKey, issuer, recipientId, { fullName, email }),
          createdAt: now,
        },
      ]);
      await tx.insertAwards(awards.map(({ row }) => row));
      await tx.appendHistory(
        awards.map(({ row }) => ({
          issuer,
          awardId: row.id,
          at: row.createdAt,
          who: 'strapi:1',
          what: 'created',
          why: null,
          payloadHash: row.payloadHash,
        })),
      );
      for (const { row, submittedAt } of awards) {
        if (submittedAt === undefined) continue;
        await tx.insertSubmission({
          issuer,
          id: randomBytes(16).toString('base64url'),
          awardId: row.id,
          attempt: 1,
          payloadHash: row.payloadHash,
          submittedAt,
          acknowledged: true,
          outcome: 'open',
          lastAskedAt: null,
          nextPollAt: now + 365 * day,
        });
      }
    });
    const ofEntries = awards.filter(({ number }) => number % 10 !== 5);
    await strapi.db.connection('seek_pass_run_rows').insert(
      ofEntries.map(({ number, row }) => ({
        issuer,
        run_id: `seeded-run-${number % 7}`,
        number,
        award_id: row.id,
        findings: '[]',
      })),
    );
    await strapi.db.connection('seek_pass_entry_awards').insert(
      ofEntries.map(({ number, row }) => ({
        issuer,
        key_hash: Buffer.from(row.keyHash),
        content_type: number % 10_000 === 7 ? rareType : contentType,
        document_id: `seededdocument${number}`,
        locale: '',
        mapping: 'short-course',
        award_id: row.id,
        entry_version: null,
        run_id: `seeded-run-${number % 7}`,
        who: number % 997 === 0 ? 'strapi:2' : 'strapi:1',
        noted_at: row.createdAt,
      })),
    );
  }
}
