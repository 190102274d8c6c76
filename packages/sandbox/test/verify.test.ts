import { expect, test } from 'vitest';
import { freshSandbox, partnerOf } from './partner.ts';
import { digitalIdentity } from './payloads.ts';

const path = '/api/partner/v2/verify/requests/digital_identity.json';
const request = {
  request_id: '7cbc7e51-82f5-43ec-8d63-b7cdf1170425',
  callback_url: 'https://www.partner.example/callback?state=abc&x=1',
  display_options: { partner_name: 'Examples', partner_logo_url: 'https://www.partner.example/logo.png' },
  request_source: [{ name: 'careers page' }],
  metadata: { position_title: 'Accountant', applied_on_seek: true },
};
const resultPath = `/api/partner/v2/verify/requests/${request.request_id}/status.json`;
const email = 'fatima@learners.example';

test('a learner shares an identity: verified, with the data in the result and only there', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const asked = await partner.call('POST', path, request);
  expect([asked.status, asked.body.request_id]).toEqual([201, request.request_id]);
  expect((await partner.call('GET', resultPath)).body).toEqual({
    request_id: request.request_id,
    status: 'incomplete',
    finalized_at: null,
    credential: null,
  });
  const decision = sandbox.control.learner.share({ link: asked.body.redirect_uri, email });
  expect(decision).toEqual({ status: 'verified', callbackUrl: request.callback_url });
  const result = (await partner.call('GET', resultPath)).body;
  expect(result.status).toBe('verified');
  expect(result.credential.fields).toMatchObject({ full_name: 'فاطمة الزهراء', date_of_birth: '1997-07-19' });
});

test('a learner who refuses shares nothing', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { redirect_uri: link } = (await partner.call('POST', path, request)).body;
  expect(sandbox.control.learner.refuse({ link, email }).status).toBe('canceled');
  expect((await partner.call('GET', resultPath)).body).toMatchObject({
    status: 'canceled',
    credential: null,
  });
  expect(() => sandbox.control.learner.share({ link, email })).toThrow(
    expect.objectContaining({ code: 'wrong_state' }),
  );
});

test('an identity that a partner added can be shared', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const added = (await partner.add(digitalIdentity('d'))).body.redirect_uri;
  sandbox.control.learner.consent({ link: added, email });
  const { redirect_uri: link } = (await partner.call('POST', path, request)).body;
  const identityId = sandbox.control.submissions.read('d').contentId;
  sandbox.control.learner.share({ link, email, identityId });
  expect((await partner.call('GET', resultPath)).body.credential.fields.full_name).toBe("Siobhán O'Neill");
});

test('the first account owns a verify link', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { redirect_uri: link } = (await partner.call('POST', path, request)).body;
  expect(sandbox.control.learner.openVerification({ link, email })).toBe('choose');
  expect(sandbox.control.learner.openVerification({ link, email: 'kim@learners.example' })).toBe(
    'wrong_user',
  );
});

test('an unfinished verification is canceled after 48 hours', async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const { redirect_uri: link } = (await partner.call('POST', path, request)).body;
  sandbox.control.clock.advance({ hours: 48 });
  await partner.authenticate('read.digital_identity');
  expect((await partner.call('GET', resultPath)).body.status).toBe('canceled');
  expect(sandbox.control.learner.openVerification({ link, email })).toBe('expired');
});

test('without request_id one is made; the same request_id gives the same link', async () => {
  const partner = await partnerOf(await freshSandbox());
  const { request_id: _, ...anonymous } = request;
  const made = (await partner.call('POST', path, anonymous)).body;
  expect(made.request_id).toMatch(/^[0-9a-f-]{36}$/u);
  const again = (await partner.call('POST', path, { ...anonymous, request_id: made.request_id })).body;
  expect(again.redirect_uri).toBe(made.redirect_uri);
});

test.each([['write.digital_identity'], ['read.digital_identity']])(
  'a token with %s alone is refused',
  async (scope) => {
    const partner = await partnerOf(await freshSandbox(), scope);
    expect((await partner.call('POST', path, request)).status).toBe(403);
  },
);

test('a request without partner_name is refused', async () => {
  const partner = await partnerOf(await freshSandbox());
  expect((await partner.call('POST', path, { display_options: {} })).status).toBe(422);
});
