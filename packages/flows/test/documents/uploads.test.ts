import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAddFlow } from '../../src/add-flow.ts';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { issueAward } from '../../src/awards/issue-awards.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { type DocumentOptions, readDocumentOptions } from '../../src/documents/document-settings.ts';
import { generateKeyRing, keyRingFromText } from '../../src/keys/key-ring.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import {
  type AddFlowFixture,
  awardInput,
  microcredential,
  openAddFlow,
  sampleRun,
} from '../add-flow-fixture.ts';
import { baseUrl, licence, pdf } from './document-fixture.ts';

const uploadPath = '/uploads/*';

/** As the sandbox answers; what SEEK Pass answers is not documented. */
const ofSandbox: NonNullable<DocumentOptions['readUploadLink']> = ({ assets }, assetId) => {
  const links = assets as readonly { asset_id: string; upload_url: string; content_type: string }[];
  const link = links.find(({ asset_id }) => asset_id === assetId);
  return link && { url: link.upload_url, contentType: link.content_type };
};

async function openUploads(
  readUploadLink: NonNullable<DocumentOptions['readUploadLink']> = ofSandbox,
  more: Omit<DocumentOptions, 'readUploadLink'> = {},
) {
  const flow = await openAddFlow();
  const documents = readDocumentOptions({ ...more, readUploadLink }, flow.seekPass, 'sandbox');
  const context = { ...flow.context, documents };
  return {
    ...flow,
    context,
    async issue(change: Partial<AwardInput> = {}) {
      const input = awardInput({ credential: licence, file: pdf, ...change });
      const result = await issueAward(context, input, sampleRun);
      if (result.result === 'refused') throw new Error(JSON.stringify(result.problems));
      return result.awardId;
    },
    click: (awardId: string) => submitClaim(context, { awardId, generation: 1, again: false }),
  };
}

function uploadsOf({ sandbox }: AddFlowFixture) {
  return sandbox.control.submissions.list().flatMap(({ uploads }) => uploads);
}

function putsOf({ sandbox }: AddFlowFixture) {
  return sandbox.control.requests.list(500).filter(({ method }) => method === 'PUT');
}

const sha256 = createHash('sha256').update(pdf.bytes).digest('hex');

describe('a file that is uploaded', () => {
  it('is with SEEK Pass before the learner is sent there, without our token', async () => {
    const flow = await openUploads();
    const awardId = await flow.issue();
    expect((await flow.click(awardId)).outcome).toBe('redirect');
    expect(uploadsOf(flow)).toMatchObject([{ contentType: 'application/pdf', received: { sha256 } }]);
    expect(putsOf(flow).map(({ status }) => status)).toEqual([200]);
    expect((await flow.store.read.document('default', awardId))?.uploadedForAttempt).toBe(1);
  });

  it('is uploaded once for each attempt', async () => {
    const flow = await openUploads();
    const awardId = await flow.issue();
    for (let time = 0; time < 3; time += 1) await flow.click(awardId);
    expect(putsOf(flow)).toHaveLength(1);
    flow.advance({ hours: 49 });
    expect((await flow.click(awardId)).outcome).toBe('redirect');
    expect(putsOf(flow)).toHaveLength(2);
    expect(uploadsOf(flow).every(({ received }) => received?.sha256 === sha256)).toBe(true);
  });

  it.each([
    ['is refused', { kind: 'status', status: 403 }],
    ['fails', { kind: 'status', status: 503 }],
    ['breaks off', { kind: 'reset', when: 'before' }],
    ['breaks off when it was there', { kind: 'reset', when: 'after' }],
  ] as const)('keeps the learner here when it %s, and the next click mends it', async (_, effect) => {
    const flow = await openUploads();
    const awardId = await flow.issue();
    const fault = flow.sandbox.control.faults.set({ path: uploadPath, effect });
    expect(await flow.click(awardId)).toMatchObject({ outcome: 'unavailable' });
    expect(await flow.store.read.submissions('default', awardId)).toMatchObject([
      { attempt: 1, outcome: 'open', acknowledged: true },
    ]);
    flow.sandbox.control.faults.remove(fault.faultId);
    expect((await flow.click(awardId)).outcome).toBe('redirect');
    expect(uploadsOf(flow)).toMatchObject([{ received: { sha256 } }]);
    expect(flow.sandbox.control.submissions.list()).toHaveLength(1);
  });

  it('from two tabs at once is one submission with the file', async () => {
    const flow = await openUploads();
    const awardId = await flow.issue();
    const outcomes = await Promise.all([1, 2, 3].map(() => flow.click(awardId)));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['redirect', 'redirect', 'redirect']);
    expect(uploadsOf(flow)).toMatchObject([{ received: { sha256 } }]);
  });

  it('without a link in the answer is a case for a person: nobody is sent on without the file', async () => {
    const flow = await openUploads(() => undefined);
    const claim = flow.click(await flow.issue());
    await expect(claim).rejects.toMatchObject({ code: 'invalid_configuration' });
  });

  it('goes on as it was begun when the settings change meanwhile', async () => {
    const flow = await openUploads();
    const awardId = await flow.issue();
    const fault = flow.sandbox.control.faults.set({
      path: uploadPath,
      effect: { kind: 'status', status: 503 },
    });
    await flow.click(awardId);
    flow.sandbox.control.faults.remove(fault.faultId);
    const served = { ...flow.context, documents: { baseUrl, maxBytes: 1_000_000 } };
    const claim = submitClaim(served, { awardId, generation: 1, again: false });
    await expect(claim).rejects.toMatchObject({ code: 'invalid_configuration' });
    expect((await flow.click(awardId)).outcome).toBe('redirect');
    expect(flow.sandbox.control.submissions.list()).toMatchObject([{ warnings: [] }]);
  });

  it('is served from its address where SEEK Pass documents no upload for the type', async () => {
    const flow = await openUploads(ofSandbox, { baseUrl });
    const awardId = await flow.issue({ credential: microcredential() });
    expect((await flow.click(awardId)).outcome).toBe('redirect');
    const [submission] = flow.sandbox.control.submissions.list();
    expect(submission?.credentials[0]?.document).toMatch(`${baseUrl}/`);
    expect(putsOf(flow)).toEqual([]);
    const alone = await openUploads();
    await expect(alone.issue({ credential: microcredential() })).rejects.toThrow('no_place_for_files');
  });
});

describe('createAddFlow', () => {
  it('takes the setting of files, and serves them', async () => {
    const fixture = await openAddFlow();
    const { context } = fixture;
    const flow = createAddFlow({
      ...context,
      seekPass: fixture.seekPass,
      store: createMemoryStore(),
      keys: keyRingFromText(generateKeyRing()),
      claimKey: 'Yb2kq0PZ8rXn4dLw7sVtA1cHfJmQeUoGiB3xK6zR9vM',
      mail: fixture.mails,
      documents: { baseUrl },
    });
    await flow.start();
    expect(typeof flow.documents()).toBe('function');
    expect(flow.context.documents).toEqual({ baseUrl, maxBytes: 10 * 1024 * 1024 });
  });
});
