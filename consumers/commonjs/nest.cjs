require('reflect-metadata');
const assert = require('node:assert/strict');
const { NestFactory } = require('@nestjs/core');
const { getAddFlowToken, SeekPassModule } = require('@seek-pass-kit/nestjs-module');
const manifest = require('@seek-pass-kit/nestjs-module/package.json');
const { claimLinkOf, startTestSeekPass } = require('@seek-pass-kit/nestjs-module/testing');

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
    require(`@seek-pass-kit/nestjs-module${entry.slice(1)}`);
  } catch (error) {
    // What an entry is for may not be installed; then that, and nothing of ours, is what it misses.
    if (!optional.some((name) => String(error).includes(`'${name}'`))) throw error;
  }
}

async function main() {
  const seekPass = await startTestSeekPass();
  const root = SeekPassModule.forRoot(seekPass.options());
  const app = await NestFactory.createApplicationContext(root, { logger: false });
  try {
    const flow = app.get(getAddFlowToken(), { strict: false });
    await flow.award({ key: 'from-commonjs', recipient, credential }, { runId: 'run', who: 'system' });
    await seekPass.runDue(app);
    await seekPass.learner.adds(app, claimLinkOf(seekPass.mails.lastTo(recipient.email)));
    await seekPass.advance({ minutes: 5 });
    await seekPass.runDue(app);
    assert.equal((await flow.status('from-commonjs')).state, 'added');
    // Tokens are one and the same in the ESM copy of the module.
    const esm = await import('@seek-pass-kit/nestjs-module');
    assert.equal(app.get(esm.getAddFlowToken(), { strict: false }), flow);
  } finally {
    await app.close();
    await seekPass.close();
  }
  console.log('ok');
}

void main();
