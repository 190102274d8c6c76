import { SeekPass } from '@seek-pass-kit/core';
import { FaultDispatcher } from '@seek-pass-kit/core/testing';
import { sign, verifyWebhook } from '@seek-pass-kit/core/webhooks';
import { startSandbox } from '@seek-pass-kit/sandbox';
import type { Sandbox } from '@seek-pass-kit/sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test('a host tested with Jest submits to the sandbox', async () => {
  const { baseUrl, clientId, clientSecret } = sandbox;
  const seekPass = new SeekPass({ environment: 'sandbox', baseUrl, clientId, clientSecret });
  const { redirectUri } = await seekPass.add({
    id: 'from-jest',
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: 'Nguyễn Thị Lan',
        issuer_name: 'Example University',
        microcredential_name: 'Data Analysis with Spreadsheets',
        issue_date: '2026-10-30',
      },
    },
  });
  await seekPass.close();
  expect(redirectUri).toContain('/partner/add/');
});

test('a host tested with Jest verifies webhooks', () => {
  const secret = 'c0ffee'.repeat(10);
  const body = JSON.stringify({
    event_id: 'e-1',
    request_id: 'r-1',
    type: 'vwsp_request.verified',
    created_at: '2026-01-01T11:59:58.123456Z',
  });
  const now = 1_767_268_800_000;
  const headers = sign({ body, secret, timestamp: now / 1000 });
  expect(verifyWebhook({ body, headers, secrets: [secret], now }).event.event_id).toBe('e-1');
  expect(FaultDispatcher).toBeDefined();
});
