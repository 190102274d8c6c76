import { describe, expect, it } from 'vitest';
import { createClaimHandler } from '../../src/claims/claim-handler.ts';
import { claimUrl } from '../../src/awards/claim-link.ts';
import { openAddFlow } from '../add-flow-fixture.ts';
import { ClaimBrowser, codeIn, proveByMail } from './claim-browser.ts';

describe('a claim', () => {
  it('goes from the mailed link to SEEK Pass', async () => {
    const flow = await openAddFlow();
    const awardId = await flow.issue();
    const browser = new ClaimBrowser(createClaimHandler(flow.context));
    const link = claimUrl(flow.context, { id: awardId, generation: 1 });
    const start = await browser.open(link);
    expect([start.status, start.url.pathname]).toEqual([200, `/claim/${awardId}`]);
    const code = await browser.post('/code');
    expect([code.status, code.url.pathname]).toEqual([200, `/claim/${awardId}/code`]);
    const awards = await browser.post('/proof', { code: codeIn(flow.mails) });
    expect([awards.status, awards.url.pathname]).toEqual([200, '/claim/awards']);
    expect(awards.html).toContain('Underwater Welding, Level 2');
    expect(flow.sandbox.control.submissions.list()).toEqual([]);
    const leaving = await browser.post('/add');
    const [submission] = flow.sandbox.control.submissions.list();
    expect(leaving.status).toBe(200);
    expect(leaving.headers.get('refresh')).toBe(`0; url=${submission?.redirectUri}`);
    expect(
      flow.sandbox.control.learner.consent({
        link: String(submission?.redirectUri),
        email: 'lan@example.edu',
      }),
    ).toBe('done');
    void proveByMail;
  });
});
