import { randomBytes } from 'node:crypto';
import { openPostgresStore } from '@seek-pass-kit/flows/postgres';
import { answering } from '../answering.mjs';
import { round } from '../measure.mjs';
import { serverCpu, startPostgres } from '../postgres.mjs';

/**
 * Signed webhooks over HTTP into PostgreSQL: each is verified and stored with the job of its handler before it is answered. The
 * sender is a process of its own, on the same cores as the receiver and the server; a busy machine slows all three, and the CPU that an
 * event costs tells by how much. Then as many that are not signed, with the
 * statements that they cost the database.
 */
export async function inbox({ quick }) {
  const count = quick ? 5_000 : 30_000;
  const secret = randomBytes(32).toString('hex');
  const postgres = await startPostgres();
  const processes = [];
  const start = (file, args) => {
    const started = answering(file, args);
    processes.push(started);
    return started;
  };
  try {
    const receiver = start('inbox-process.mjs', [postgres.connectionString, secret]);
    const { port } = await receiver.next();
    const sender = start('webhook-sender-process.mjs', [String(port), secret]);
    await sender.next();
    const send = async (of, signed, status) => {
      const sent = await sender.ask({ count: of, signed });
      if (sent.answers[status] !== of) throw new Error(`Answers were ${JSON.stringify(sent.answers)}.`);
      return of / sent.seconds;
    };
    const warmUp = 1_000;
    await send(warmUp, true, 204);
    const cpu = async () => [await receiver.ask('cpuMs'), 1_000 * (await serverCpu(postgres.data))];
    const [ownBefore, serverBefore] = await cpu();
    const stored = await send(count, true, 204);
    const [ownAfter, serverAfter] = await cpu();
    await storedAreThere(postgres.connectionString, warmUp + count);
    const before = await receiver.ask('statements');
    const refused = await send(count, false, 400);
    const statements = (await receiver.ask('statements')) - before;
    const { handled, seconds } = await receiver.ask('handle');
    return [
      {
        name: 'webhook events verified and stored on PostgreSQL, over HTTP',
        value: round(stored, 0),
        unit: 'events/s',
        bar: 2_000,
        better: 'higher',
        peers: {
          receiverCpuMsPerEvent: round((ownAfter - ownBefore) / count, 3),
          postgresCpuMsPerEvent: round((serverAfter - serverBefore) / count, 3),
          refusedPerSecond: round(refused, 0),
          handledPerSecond: round(handled / seconds, 0),
        },
      },
      {
        name: `statements that ${count} webhooks with a wrong signature cost the database`,
        value: statements,
        unit: 'statements',
        bar: 0,
        better: 'lower',
      },
    ];
  } finally {
    for (const one of processes) one.close();
    await postgres.close();
  }
}

/** Answered 204 means stored: every one of them waits for its handler. */
async function storedAreThere(connectionString, expected) {
  const store = await openPostgresStore({ connectionString, schema: 'bench' });
  const { waiting } = await store.read.inboxCounts('default');
  await store.close();
  if (waiting !== expected) throw new Error(`${waiting} events are stored, ${expected} were answered 204.`);
}
