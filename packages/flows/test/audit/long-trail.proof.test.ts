import { setTimeout as pause } from 'node:timers/promises';
import { proof, type ProofRun } from '@seek-pass-kit/prove';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openPostgresStore } from '../../src/postgres/postgres-store.ts';
import { sealAudit } from '../../src/audit/seal-audit.ts';
import { historyRow, newIssuer } from '../conformance/sample-rows.ts';
import { postgresMissing } from '@seek-pass-kit/prove/postgres';
import { openTrailGround, type TrailGround } from './trail-ground.ts';

const skip = await postgresMissing();
const budget = { budgetMs: 600_000 };

describe.skipIf(skip)('security rule 18', () => {
  let ground: TrailGround;
  beforeAll(async () => {
    ground = await openTrailGround();
  }, 60_000);
  afterAll(() => ground.close());

  proof(
    'Lines that many processes write and chain at the same time, with a server that crashes meanwhile, are all covered; one deleted row among them is found',
    { small: 4_000, full: 100_000 },
    (run) => writeChainAndVerify(ground, run),
  );
});

async function writeChainAndVerify(ground: TrailGround, { size, seed }: ProofRun): Promise<void> {
  const issuer = newIssuer();
  const { connectionString, schema } = ground;
  const stores = await Promise.all(
    Array.from({ length: 4 }, () => openPostgresStore({ connectionString, schema })),
  );
  const lines = { written: 0 };
  const writers = stores.map(async (store, lane) => {
    for (let at = 0; lines.written < size; at += 1) {
      // As many as a batch of an import has, or one as a claim has.
      const rows = Array.from({ length: (at + lane) % 4 === 0 ? 250 : 1 }, (_, one) =>
        historyRow(issuer, `a${lane}-${at}-${one}`),
      );
      await store.transaction((tx) => tx.appendHistory(rows));
      lines.written += rows.length;
    }
  });
  const ended = new AbortController();
  const sealers = stores.map(async (store) => {
    while (!ended.signal.aborted) await sealAudit({ ...ground.contextOf(issuer), store }, budget);
  });
  while (lines.written < size / 2) await pause(20);
  await ground.restart?.();
  await Promise.all(writers);
  ended.abort();
  await Promise.all(sealers);
  await ground.seal(issuer);

  const startedAt = performance.now();
  const verdict = await ground.verify(issuer);
  const seconds = (performance.now() - startedAt) / 1_000;
  expect(verdict).toMatchObject({ intact: true, lines: lines.written, waiting: { lines: 0 } });
  console.info(`verified ${lines.written} lines on ${verdict.links} links in ${seconds.toFixed(1)} s`);
  expect(lines.written / seconds).toBeGreaterThan(2_000);

  const found = await ground.store.read.trail({ issuer, source: 'award', after: 0, limit: size });
  const position = found[seed % found.length]?.position;
  await ground.tamper(`DELETE FROM history WHERE position = ${position}`);
  expect((await ground.verify(issuer)).problems).toMatchObject([{ kind: 'line_missing', position }]);
  await Promise.all(stores.map((store) => store.close()));
}
