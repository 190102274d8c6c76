import { expect, it } from 'vitest';
import { claimUrl } from '../../src/awards/claim-link.ts';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { claimLimits } from '../../src/claims/claim-limits.ts';
import { formFields } from '../../src/pages/claim-page.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { ClaimBrowser, proveByMail } from './claim-browser.ts';

it('a forwarded mail cannot claim: its link shows nothing of the learner, its code goes to the learner, guesses and forms of one’s own submit nothing', async () => {
  const flow = await openAddFlow();
  const awardId = await flow.issue();
  const link = claimUrl(flow.context, { id: awardId, generation: 1 });
  const handler = createClaimHandler(flow.context);
  const stranger = new ClaimBrowser(handler);

  const start = await stranger.open(link);
  for (const secret of ['Nguyễn', 'lan@example.edu', 'Underwater']) expect(start.html).not.toContain(secret);
  const asked = await stranger.post('/code');
  for (const secret of ['Nguyễn', 'lan@example.edu', 'Underwater']) expect(asked.html).not.toContain(secret);
  expect(flow.mails.sent.map(({ to }) => to.address)).toEqual(['lan@example.edu']);

  for (let guess = 0; guess < claimLimits.triesPerCode; guess += 1) {
    await stranger.open(asked.url.href);
    await stranger.post('/proof', { [formFields.code]: `0000 000${guess}` });
  }
  const form = start.forms[0]?.fields ?? {};
  await stranger.postTo(`/claim/${awardId}/add`, form);
  expect((await stranger.open('/claim/awards')).html).not.toContain('Underwater');
  expect(flow.sandbox.control.submissions.list()).toEqual([]);

  const learner = new ClaimBrowser(handler);
  await proveByMail(learner, link, flow.mails);
  const leaving = await learner.post('/add');
  expect(leaving.headers.get('refresh')).toContain('/partner/add/');
  expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
});
