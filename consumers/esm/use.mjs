import assert from 'node:assert/strict';
import { SeekPass, SeekPassError, validate } from '@seek-pass-kit/core';
import { checkOpenCert } from '@seek-pass-kit/core/open-cert';
import { ManualClock } from '@seek-pass-kit/core/testing';
import { sign, verifyWebhook } from '@seek-pass-kit/core/webhooks';
import vectors from '@seek-pass-kit/core/test-vectors/webhooks.json' with { type: 'json' };
import { startSandbox } from '@seek-pass-kit/sandbox';

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

const sandbox = await startSandbox();
const { baseUrl, clientId, clientSecret } = sandbox;
const seekPass = new SeekPass({ environment: 'sandbox', baseUrl, clientId, clientSecret });
try {
  const { redirectUri } = await seekPass.add({ id: 'from-esm', credential });
  assert.ok(redirectUri.startsWith(`${baseUrl}/partner/add/`));
  await assert.rejects(
    seekPass.add({ id: 'x', credential: { ...credential, fields: {} } }),
    SeekPassError.is,
  );
} finally {
  await seekPass.close();
  await sandbox.close();
}
console.log('ok');
