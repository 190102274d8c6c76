const assert = require('node:assert/strict');
const { SeekPass, SeekPassError, validate } = require('@seek-pass-kit/core');
const { checkOpenCert } = require('@seek-pass-kit/core/open-cert');
const { ManualClock } = require('@seek-pass-kit/core/testing');
const { sign, verifyWebhook } = require('@seek-pass-kit/core/webhooks');
const vectors = require('@seek-pass-kit/core/test-vectors/webhooks.json');
const { startSandbox } = require('@seek-pass-kit/sandbox');

const credential = {
  credential_type: 'microcredential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    issuer_name: 'Example University',
    microcredential_name: 'Data Analysis with Spreadsheets',
    issue_date: '2026-10-30',
  },
};

assert.equal(validate(credential).ok, true);
assert.equal(typeof checkOpenCert, 'function');
assert.equal(typeof ManualClock, 'function');
assert.ok(Object.keys(vectors).length > 0);

const now = 1_767_268_800_000;
const secret = 'c0ffee'.repeat(10);
const body = JSON.stringify({
  event_id: 'e-1',
  request_id: 'r-1',
  type: 'vwsp_request.verified',
  created_at: '2026-01-01T11:59:58.123456Z',
});
const headers = sign({ body, secret, timestamp: now / 1000 });
assert.equal(verifyWebhook({ body, headers, secrets: [secret], now }).event.event_id, 'e-1');

async function main() {
  const sandbox = await startSandbox();
  const { baseUrl, clientId, clientSecret } = sandbox;
  const seekPass = new SeekPass({ environment: 'sandbox', baseUrl, clientId, clientSecret });
  try {
    const { redirectUri } = await seekPass.add({ id: 'from-commonjs', credential });
    assert.ok(redirectUri.startsWith(`${baseUrl}/partner/add/`));
    await assert.rejects(
      seekPass.add({ id: 'x', credential: { ...credential, fields: {} } }),
      SeekPassError.is,
    );
    // The ESM copy of core recognises an error of the CommonJS copy.
    const esm = await import('@seek-pass-kit/core');
    await assert.rejects(
      seekPass.add({ id: 'x', credential: { ...credential, fields: {} } }),
      esm.SeekPassError.is,
    );
  } finally {
    await seekPass.close();
    await sandbox.close();
  }
  console.log('ok');
}

void main();
