import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHmac } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { contentId, freshSandbox, partnerOf } from './partner.ts';
import { batch, education, microcredential } from './payloads.ts';

describe('the nine facts of SEEK Pass', () => {
  test('fact 1: a batch is for one learner: many credentials, one link, one consent', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const answer = await partner.call('POST', '/api/partner/v2/add/requests/batch.json', batch('b-1'));
    expect(answer.status).toBe(201);
    const link: string = answer.body.redirect_uri;
    expect(link).toContain('/partner/add/batch#clientId=');
    expect(sandbox.control.learner.consent({ link, email: 'suharto@learners.example' })).toBe('done');
    expect(sandbox.control.learner.open({ link, email: 'wang@learners.example' })).toBe('wrong_user');
    expect(sandbox.control.learner.wallet({ email: 'suharto@learners.example' })).toHaveLength(6);
    expect((await partner.status('b-1')).body.status).toBe('verified');
  });

  test('fact 2: status is asked for 30 ids a call, not 31, and adds cause no webhook', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    await partner.call('POST', '/api/partner/v2/webhooks', { url: 'http://127.0.0.1:9/hook' });
    const ids = Array.from({ length: 31 }, (_, index) => `id-${index}`);
    for (const id of ids) await partner.add(microcredential(id));
    const path = '/api/partner/v1/submissions/status.json';
    const thirty = await partner.call('POST', path, { ids: ids.slice(0, 30) });
    expect(thirty.status).toBe(200);
    expect(thirty.body.credentials).toHaveLength(30);
    expect(thirty.body.credentials[0]).toEqual({ id: 'id-0', status: 'incomplete', finalized_at: null });
    expect((await partner.call('POST', path, { ids })).status).toBe(422);
    sandbox.control.learner.consent({
      link: sandbox.control.submissions.read('id-0').contentId,
      email: 'a@b.example',
    });
    expect(sandbox.control.webhooks.deliveries()).toHaveLength(0);
  });

  test('fact 3: after 48 hours an unfinished submission reads canceled, the same word as for a learner who declined', async () => {
    const sandbox = await freshSandbox();
    const { control } = sandbox;
    control.clock.freeze({ at: '2027-01-01T12:00:00Z' });
    const partner = await partnerOf(sandbox);
    const declined = await partner.add(microcredential('declined'));
    const untouched = await partner.add(microcredential('untouched'));
    control.clock.advance({ hours: 1 });
    control.learner.decline({ link: declined.body.redirect_uri, email: 'kim@learners.example' });
    control.clock.advance({ hours: 47 });
    await partner.authenticate('write.microcredential');
    expect((await partner.status('declined')).body).toEqual({
      id: 'declined',
      status: 'canceled',
      finalized_at: '2027-01-01T13:00:00Z',
    });
    expect((await partner.status('untouched')).body).toEqual({
      id: 'untouched',
      status: 'canceled',
      finalized_at: '2027-01-03T12:00:00Z',
    });
    expect(control.learner.open({ link: untouched.body.redirect_uri, email: 'kim@learners.example' })).toBe(
      'expired',
    );
    expect(control.submissions.read('untouched').credentials).toEqual([]);
  });

  test('fact 3: one millisecond before 48 hours the submission is still open', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    sandbox.control.clock.freeze();
    await partner.add(microcredential('m'));
    sandbox.control.clock.advance({ hours: 48, ms: 0 });
    expect(sandbox.control.submissions.read('m').status).toBe('canceled');
    await partner.authenticate('write.microcredential');
    await partner.add(microcredential('n'));
    sandbox.control.clock.advance({ hours: 47, minutes: 59, seconds: 59, ms: 999 });
    expect(sandbox.control.submissions.read('n').status).toBe('incomplete');
  });

  test('fact 4: a learner who does not sign in to the app within 48 hours loses the documents, and no status says so', async () => {
    const sandbox = await freshSandbox();
    const { control } = sandbox;
    const partner = await partnerOf(sandbox);
    const late = await partner.add(education('late'));
    const prompt = await partner.add(education('prompt'));
    control.learner.consent({ link: late.body.redirect_uri, email: 'late@learners.example' });
    control.learner.consent({ link: prompt.body.redirect_uri, email: 'prompt@learners.example' });
    control.clock.advance({ hours: 47 });
    control.learner.signInToApp({ email: 'prompt@learners.example' });
    control.clock.advance({ hours: 1 });
    control.learner.signInToApp({ email: 'late@learners.example' });
    expect(control.submissions.read('late').walletCopy).toBe('deleted');
    expect(control.learner.wallet({ email: 'late@learners.example' })).toEqual([]);
    expect(control.learner.wallet({ email: 'prompt@learners.example' })).toHaveLength(1);
    await partner.authenticate('write.education');
    expect((await partner.status('late')).body.status).toBe('verified');
    expect((await partner.status('prompt')).body.status).toBe('verified');
  });

  test('fact 5: the first account that logs in owns the link, even before consent', async () => {
    const sandbox = await freshSandbox();
    const { learner, submissions } = sandbox.control;
    const partner = await partnerOf(sandbox);
    const link: string = (await partner.add(education('e'))).body.redirect_uri;
    expect(learner.open({ link, email: 'first@learners.example' })).toBe('consent');
    expect(learner.consent({ link, email: 'second@learners.example' })).toBe('wrong_user');
    expect(learner.decline({ link, email: 'second@learners.example' })).toBe('wrong_user');
    expect(submissions.read('e')).toMatchObject({ status: 'incomplete', boundTo: 'first@learners.example' });
    expect(learner.consent({ link, email: 'First@Learners.example' })).toBe('done');
    expect(learner.open({ link, email: 'second@learners.example' })).toBe('wrong_user');
  });

  test('fact 6: the same id gives the same link within 48 hours and a new one afterwards', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    sandbox.control.clock.freeze();
    const first = (await partner.add(education('same'))).body.redirect_uri;
    sandbox.control.clock.advance({ hours: 47, minutes: 59 });
    await partner.authenticate('write.education');
    expect((await partner.add(education('same'))).body.redirect_uri).toBe(first);
    sandbox.control.clock.advance({ minutes: 1 });
    const later = (await partner.add(education('same'))).body.redirect_uri;
    expect(contentId(later)).not.toBe(contentId(first));
    expect((await partner.status('same')).body.status).toBe('incomplete');
    expect(sandbox.control.learner.open({ link: first, email: 'a@b.example' })).toBe('expired');
  });

  test('fact 6: after consent the same id within 48 hours still gives the same link, which shows the submission', async () => {
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const first = (await partner.add(education('same'))).body.redirect_uri;
    sandbox.control.learner.consent({ link: first, email: 'a@b.example' });
    expect((await partner.add(education('same'))).body.redirect_uri).toBe(first);
    expect(sandbox.control.learner.open({ link: first, email: 'a@b.example' })).toBe('done');
    expect((await partner.status('same')).body.status).toBe('verified');
  });

  test('fact 7: the 48 hours start with the POST, so a link made ahead of the click can be dead when it is clicked', async () => {
    const sandbox = await freshSandbox();
    const { control } = sandbox;
    const partner = await partnerOf(sandbox);
    const midnight = (await partner.add(education('posted-at-midnight'))).body.redirect_uri;
    control.clock.advance({ hours: 60 });
    expect(control.learner.open({ link: midnight, email: 'a@b.example' })).toBe('expired');
    await partner.authenticate('write.education');
    const onClick = (await partner.add(education('posted-on-click'))).body.redirect_uri;
    expect(control.learner.consent({ link: onClick, email: 'a@b.example' })).toBe('done');
  });

  test('fact 8: an update replaces when the key fields are equal, and a mended course name makes a second credential', async () => {
    const sandbox = await freshSandbox();
    const { learner } = sandbox.control;
    const partner = await partnerOf(sandbox);
    const email = 'oneill@learners.example';
    const accept = async (id: string, fields: Record<string, unknown>) =>
      learner.consent({ link: (await partner.add(education(id, fields))).body.redirect_uri, email });
    await accept('v1', { course_name: 'Bachelor of Comerce', education_provider: 'Old name' });
    await accept('v2', { course_name: 'Bachelor of Comerce', education_provider: 'New name' });
    expect(learner.wallet({ email })).toMatchObject([
      { replaced: 1, fields: { education_provider: 'New name' } },
    ]);
    await accept('v3', { course_name: 'Bachelor of Commerce' });
    expect(learner.wallet({ email })).toHaveLength(2);
    const revoke = await partner.call('DELETE', '/api/partner/v1/submissions/v1');
    expect(revoke.status).toBe(404);
  });

  test('fact 9: webhook events are thin and signed, and a rotated secret signs at once', async () => {
    const received: { readonly headers: Record<string, unknown>; readonly body: string }[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void receiver.close());
    const sandbox = await freshSandbox();
    const partner = await partnerOf(sandbox);
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const endpoint = (await partner.call('POST', '/api/partner/v2/webhooks', { url })).body;
    expect(endpoint.secret).toMatch(/^[0-9a-f]{64}$/u);
    const verify = async (requestId: string) => {
      const answer = await partner.call('POST', '/api/partner/v2/verify/requests/digital_identity.json', {
        request_id: requestId,
        display_options: { partner_name: 'Examples' },
      });
      sandbox.control.learner.share({ link: answer.body.redirect_uri, email: 'fatima@learners.example' });
      await sandbox.control.webhooks.idle();
    };
    await verify('r-1');
    const rotated = (await partner.call('PUT', `/api/partner/v2/webhooks/${endpoint.id}/secret`)).body;
    expect(rotated.secret).not.toBe(endpoint.secret);
    await verify('r-2');
    expect(received).toHaveLength(2);
    for (const [index, secret] of [endpoint.secret, rotated.secret].entries()) {
      const { headers, body } = received[index] ?? { headers: {}, body: '' };
      expect(Object.keys(JSON.parse(body)).sort()).toEqual(['created_at', 'event_id', 'request_id', 'type']);
      expect(JSON.parse(body)).toMatchObject({ type: 'vwsp_request.verified', request_id: `r-${index + 1}` });
      expect(body).not.toContain('فاطمة');
      const expected = createHmac('sha256', secret)
        .update(`${String(headers['x-timestamp'])}.${body}`)
        .digest('hex');
      expect(headers['x-signature']).toBe(expected);
    }
  });
});
