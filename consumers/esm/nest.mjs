import 'reflect-metadata';
import assert from 'node:assert/strict';
import { NestFactory } from '@nestjs/core';
import { getAddFlowToken, SeekPassModule } from '@seek-pass-kit/nestjs-module';
import manifest from '@seek-pass-kit/nestjs-module/package.json' with { type: 'json' };
import { claimLinkOf, startTestSeekPass } from '@seek-pass-kit/nestjs-module/testing';

const credential = {
  credential_type: 'microcredential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    issuer_name: 'Example University',
    microcredential_name: 'Data Analysis with Spreadsheets',
    issue_date: '2025-10-30',
  },
};
const recipient = { fullName: 'Nguyễn Thị Lan', email: 'lan@example.edu' };

const optional = Object.keys(manifest.peerDependenciesMeta);
for (const entry of Object.keys(manifest.exports).filter((name) => !name.endsWith('.json'))) {
  try {
    await import(`@seek-pass-kit/nestjs-module${entry.slice(1)}`);
  } catch (error) {
    // What an entry is for may not be installed; then that, and nothing of ours, is what it misses.
    if (!optional.some((name) => String(error).includes(`'${name}'`))) throw error;
  }
}

const seekPass = await startTestSeekPass();
const root = SeekPassModule.forRoot(seekPass.options());
const app = await NestFactory.createApplicationContext(root, { logger: false });
try {
  const flow = app.get(getAddFlowToken(), { strict: false });
  await flow.award({ key: 'from-esm', recipient, credential }, { runId: 'run', who: 'system' });
  await seekPass.runDue(app);
  await seekPass.learner.adds(app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
  await seekPass.advance({ minutes: 5 });
  await seekPass.runDue(app);
  assert.equal((await flow.status('from-esm')).state, 'added');
} finally {
  await app.close();
  await seekPass.close();
}
console.log('ok');
