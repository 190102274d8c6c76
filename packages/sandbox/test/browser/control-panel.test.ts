import { expect, test } from 'vitest';
import { freshSandbox, partnerOf } from '../partner.ts';
import { education, microcredential } from '../payloads.ts';
import { freshReceiver } from '../receiver.ts';
import { useBrowser } from './chromium.ts';

const newVisitor = useBrowser();
const patience = { timeout: 120_000 };

test('the control panel shows what happened and turns every knob', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  await partner.add(education('award-1'));
  await partner.add(education('award-1', { course_name: 'Bachelor of Other Things' }));
  await partner.add(microcredential('award-2'));
  const person = await newVisitor();
  const { page } = person;
  const text = (): Promise<string> => page.locator('main').innerText();

  await page.goto(sandbox.controlUrl);
  expect(await text()).toContain('The same id came again with other data within 48 hours (1×)');
  await person.look('panel-1-overview');

  await person.press('Stop it');
  expect(await text()).toContain('The clock stands still.');
  const before = sandbox.control.clock.state().now;
  await person.press('+48 hours');
  expect(sandbox.control.clock.state().now).toBe(before + 48 * 3_600_000);
  await page.getByLabel('Move forward by hours').fill('a while');
  await person.press('Move');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await person.look('panel-2-overview-error');
  await page.getByLabel('Move forward by hours').fill('0.5');
  await person.press('Move');
  expect(sandbox.control.clock.state().now).toBe(before + 48.5 * 3_600_000);
  await person.press('Let it run');
  expect(sandbox.control.clock.state().frozen).toBe(false);

  await person.follow('Submissions');
  expect(await text()).toContain('canceled (expired)');
  await partner.authenticate('write.microcredential');
  await partner.add(microcredential('award-3'));
  await page.getByRole('link', { name: 'award-3' }).waitFor({ timeout: 10_000 });
  await person.look('panel-3-submissions');
  await person.follow('award-3');
  await page.getByLabel('Learner', { exact: true }).selectOption('wang@learners.example');
  await person.press('Add');
  expect(sandbox.control.submissions.read('award-3')).toMatchObject({
    status: 'verified',
    boundTo: 'wang@learners.example',
  });
  expect(await text()).toContain('waits for the app');
  await person.look('panel-4-submission');
  await person.press('Sign in to the app');
  expect(await text()).toContain('kept');
  await page.goto(`${sandbox.controlUrl}submissions/nothing`);
  expect(await person.heading()).toBe('That did not work');
  await person.look('panel-5-not-found');

  await person.follow('Requests');
  expect(await text()).toContain('POST /api/partner/v1/add/education.json');
  await person.look('panel-6-requests');
  await person.click(page.getByRole('link', { name: 'POST /api/partner/v1/add/education.json' }).last());
  expect(await text()).toContain('"course_name": "Bachelor of Commerce"');
  expect(await text()).not.toContain(partner.accessToken);
  await person.look('panel-7-request');
});

test('faults are set, strike and are removed in the control panel', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const person = await newVisitor();
  const { page } = person;
  await page.goto(`${sandbox.controlUrl}faults`);
  await page.getByLabel('Error status').fill('9999');
  await person.press('Set this fault');
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert');
  await page.getByRole('alert').getByRole('link').click();
  expect(await page.evaluate('document.activeElement.id')).toBe('status');
  await person.look('panel-8-faults-error');
  await page.getByLabel('Error status').fill('429');
  await page.getByLabel('Retry-After').fill('3');
  await page.getByLabel('At most how often').fill('1');
  await page.getByLabel('Path').fill('/api/partner/v1/add/*');
  await person.press('Set this fault');
  const answer = await partner.add(microcredential('fault-1'));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '3']);
  expect((await partner.add(microcredential('fault-1'))).status).toBe(201);
  await page.reload();
  await person.look('panel-9-faults');
  await person.press(/^Remove/u);
  expect(sandbox.control.faults.list()).toEqual([]);
});

test('webhooks are held, sent again and triggered in the control panel', patience, async () => {
  const sandbox = await freshSandbox();
  const partner = await partnerOf(sandbox);
  const receiver = await freshReceiver();
  const person = await newVisitor();
  const { page } = person;
  await page.goto(`${sandbox.controlUrl}webhooks`);
  await person.look('panel-10-webhooks-empty');
  await page.getByLabel('Copies').fill('many');
  await person.press('Send');
  expect(await page.getByRole('alert').getByRole('link').allInnerTexts()).toEqual([
    'Copies: enter a whole number from 1 to 1000.',
    'There is no endpoint to send to: let your software register one first.',
  ]);
  await person.look('panel-10-webhooks-error');
  await partner.call('POST', '/api/partner/v2/webhooks', { url: receiver.url, name: 'Mein Empfänger' });
  const { body } = await partner.call('POST', '/api/partner/v2/verify/requests/digital_identity.json', {
    request_id: 'verify-1',
    display_options: { partner_name: 'Hirer' },
  });
  await page.goto(`${sandbox.controlUrl}verifications`);
  await person.look('panel-11-verifications');
  await person.follow('verify-1');
  await person.look('panel-12-verification');
  await person.press('Share a passport');
  expect(body.request_id).toBe('verify-1');
  await sandbox.control.webhooks.idle();
  expect(receiver.received).toHaveLength(1);

  await person.follow('Webhooks');
  await person.press(/^Send twice/u);
  await sandbox.control.webhooks.idle();
  expect(new Set(receiver.received.map(({ body: event }) => JSON.parse(event).event_id)).size).toBe(1);
  expect(receiver.received).toHaveLength(3);

  await person.press('Hold new webhooks');
  await page.getByLabel('Or any other type').fill('vwsp_request.new');
  await page.getByLabel('Request ids').fill('one two');
  await page.getByLabel('Copies').fill('2');
  await person.press('Send');
  await sandbox.control.webhooks.idle();
  expect(receiver.received).toHaveLength(3);
  await person.press('Let them go');
  await sandbox.control.webhooks.idle();
  expect(receiver.received).toHaveLength(7);
  await page.reload();
  await person.look('panel-13-webhooks');
});

test(
  'secrets are renewed, tokens revoked and the sandbox emptied in the control panel',
  patience,
  async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    await partner.add(microcredential('over-1'));
    const person = await newVisitor();
    const { page } = person;
    await page.goto(sandbox.controlUrl);
    await person.press(/^New client secret/u);
    expect(await person.heading()).toBe('New client secret');
    await person.look('panel-14-secret');
    await person.follow('Back to the overview');
    await person.press('Revoke all tokens');
    expect((await partner.status('over-1')).status).toBe(401);
    await person.follow('Empty the sandbox');
    await person.look('panel-15-reset');
    await person.press('Yes, empty it');
    expect(sandbox.control.submissions.list()).toEqual([]);
  },
);
