import { createNamespace } from '@seek-pass-kit/core';
import {
  createAddFlow,
  createMemoryStore,
  generateClaimKey,
  generateKeyRing,
  keyRingFromText,
  lagBound,
} from '@seek-pass-kit/flows';
import { clientId } from '../client.mjs';
import { runInFlight } from '../measure.mjs';
import { credential } from '../payload.mjs';

const origin = 'http://127.0.0.1:4010';
const minute = 60_000;
const hour = 60 * minute;
const lifeMs = 48 * hour;
const idsPerCall = 30;
/** How often the worker looks whether something is due. */
const stepMs = 5 * minute;

/** SEEK Pass as far as polling sees it, on a clock that the bench moves. Of so many in ten learners who finish, each does at another age. */
function simulatedSeekPass(clock, finishing) {
  const submissions = new Map();
  const counts = { calls: 0 };
  return {
    redirectOrigin: origin,
    counts,
    submissions,
    now: () => clock.now(),
    async add({ id }) {
      const n = submissions.size;
      const finishes = n % 10 < finishing;
      const endsAt = clock.now() + (finishes ? (n * 7_919) % lifeMs : lifeMs);
      submissions.set(id, { submittedAt: clock.now(), endsAt, end: finishes ? 'verified' : 'canceled' });
      return { id, redirectUri: `${origin}/partner/add/microcredential` };
    },
    async statuses(ids) {
      const asked = [...ids];
      counts.calls += Math.ceil(asked.length / idsPerCall);
      return asked.map((id) => {
        const { endsAt, end } = submissions.get(id);
        return endsAt <= clock.now()
          ? { id, status: end, finalizedAt: new Date(endsAt).toISOString() }
          : { id, status: 'incomplete' };
      });
    },
  };
}

/** The most calls are made when nobody finishes; the ends are there to be seen when most do. */
export async function pollCalls({ quick }) {
  const total = quick ? 1_000 : 10_000;
  const { calls } = await follow(total, 0);
  const { latestMs } = await follow(total, 9);
  const callsAt = (perSubmission) => Math.ceil(total / idsPerCall) * perSubmission;
  return [
    {
      name: `calls to follow ${total} submissions for 48 hours that nobody finishes`,
      value: calls,
      unit: 'calls',
      bar: callsAt(10),
      better: 'lower',
      peers: { hourlySweeps: callsAt(48) },
    },
    {
      name: `latest sight of an end beyond its lag bound, the worker looking every ${stepMs / minute} minutes`,
      value: Math.max(0, latestMs / minute),
      unit: 'minutes',
      bar: stepMs / minute,
      better: 'lower',
    },
  ];
}

/** Follows submissions made together to the end of all, with the add flow's own polling. */
async function follow(total, finishing) {
  let now = Date.UTC(2026, 10, 2);
  const clock = { now: () => now, setTimer: () => () => undefined };
  const seekPass = simulatedSeekPass(clock, finishing);
  const flow = createAddFlow({
    environment: 'sandbox',
    clientId,
    seekPass,
    store: createMemoryStore(),
    keys: keyRingFromText(generateKeyRing()),
    namespace: createNamespace({ environment: 'sandbox', clientId }),
    claimKey: generateClaimKey(),
    claimBaseUrl: 'http://127.0.0.1:4020/claim',
    brand: { name: 'Example University' },
    mail: { send: async () => ({ outcome: 'accepted' }) },
    clock,
  });
  await flow.start();
  const submissionOf = await claimAll(flow, total, seekPass);

  let latestMs = Number.NEGATIVE_INFINITY;
  let seen = 0;
  for (const startedAt = now; now < startedAt + lifeMs + 2 * hour; now += stepMs) {
    const { events } = await flow.poll({ budgetMs: hour });
    for (const { awardId } of events) {
      const { submittedAt, endsAt } = submissionOf.get(awardId);
      latestMs = Math.max(latestMs, now - endsAt - lagBound(endsAt - submittedAt));
      seen += 1;
    }
  }
  if (seen !== total) throw new Error(`${total} submissions ended, ${seen} were seen to.`);
  return { calls: seekPass.counts.calls, latestMs };
}

/** Awards and claims, and gives what SEEK Pass has by award. */
async function claimAll(flow, total, seekPass) {
  const inputs = Array.from({ length: total }, (_, n) => ({
    key: `bench/${n}`,
    recipient: { fullName: credential.fields.full_name, email: `learner${n}@example.edu` },
    credential,
  }));
  const awardIds = [];
  for await (const { awardId } of flow.awardMany(inputs, { runId: 'bench', who: 'system' }))
    awardIds.push(awardId);
  const submissionOf = new Map();
  await runInFlight(
    async (n) => {
      const awardId = awardIds[n - 1];
      await flow.submitClaim({ awardId, generation: 1, again: false });
      submissionOf.set(awardId, [...seekPass.submissions.values()].at(-1));
    },
    total,
    1,
  );
  return submissionOf;
}
