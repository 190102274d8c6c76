import { describe, expect, it } from 'vitest';
import type { AwardInput } from '../../src/awards/award-input.ts';
import { changeRecipient } from '../../src/awards/change-recipient.ts';
import { issueAward, issueAwards } from '../../src/awards/issue-awards.ts';
import { planAwards } from '../../src/awards/plan-awards.ts';
import { withdraw } from '../../src/awards/withdraw.ts';
import { submitClaim } from '../../src/claims/submit-claim.ts';
import { readDocumentOptions } from '../../src/documents/document-settings.ts';
import { awardInput, microcredential, openAddFlow, sampleRun } from '../add-flow-fixture.ts';
import { baseUrl, openDocuments, otherPdf, pdf, png } from './document-fixture.ts';

const education: AwardInput['credential'] = {
  credential_type: 'education',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    education_provider: 'Example University',
    course_name: 'Bachelor of Nursing',
    conferral_year: '2025',
  },
};

const identity: AwardInput['credential'] = {
  credential_type: 'digital_identity',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    identity_document_validity: 'manual',
    identity_document_liveness: 'in_person',
    identity_document_person_match: 'manual',
  },
};

async function problemsOf(change: object, documents?: Parameters<typeof openDocuments>[2]) {
  const { context } = await openDocuments({}, {}, documents);
  const result = await issueAward(context, { ...awardInput(), ...change }, sampleRun);
  return result.result === 'refused'
    ? result.problems.map(({ path, code }) => `${path} ${code}`)
    : result.result;
}

describe('a file is refused', () => {
  it.each<[string, object, string[]]>([
    ['that is something else than its type says', { file: { ...pdf, type: 'png' } }, ['file bad_file']],
    [
      'that is nothing SEEK Pass takes',
      { file: { type: 'pdf', bytes: Buffer.from('PK\x03\x04') } },
      ['file bad_file'],
    ],
    ['that is empty', { file: { type: 'pdf', bytes: new Uint8Array() } }, ['file bad_file']],
    ['of an unknown type', { file: { type: 'svg', bytes: pdf.bytes } }, ['file bad_file']],
    [
      'whose type is a member of every object',
      { file: { type: 'constructor', bytes: pdf.bytes } },
      ['file bad_file'],
    ],
    ['whose bytes are a text', { file: { type: 'pdf', bytes: '%PDF-1.7' } }, ['file bad_file']],
    ['that is null', { file: null }, ['file bad_file']],
    ['of a type that takes none', { file: pdf, credential: identity }, ['file.type bad_file']],
    ['that the type does not take', { file: png, credential: education }, ['file.type bad_file']],
    [
      'besides a document of the credential',
      {
        file: pdf,
        credential: { ...microcredential(), document: { type: 'pdf', value: 'https://example.edu/lan.pdf' } },
      },
      ['file bad_file'],
    ],
  ])('%s', async (_, change, problems) => {
    expect(await problemsOf(change)).toEqual(problems);
  });

  it('above the largest size, and taken at it', async () => {
    expect(await problemsOf({ file: pdf }, { maxBytes: pdf.bytes.length - 1 })).toEqual([
      'file file_too_large',
    ]);
    expect(await problemsOf({ file: pdf }, { maxBytes: pdf.bytes.length })).toBe('created');
  });

  it('when nothing says where SEEK Pass can fetch it', async () => {
    const { context } = await openAddFlow();
    const result = await issueAward(context, awardInput({ file: pdf }), sampleRun);
    expect(result).toMatchObject({ result: 'refused', problems: [{ code: 'no_place_for_files' }] });
  });
});

describe('the same award again', () => {
  it('is unchanged with the same file, and a correction with another one or none', async () => {
    const { context, store } = await openDocuments();
    const issue = async (change: Partial<AwardInput>) =>
      (await issueAward(context, awardInput(change), sampleRun)).result;
    expect(await issue({ file: pdf })).toBe('created');
    expect(await issue({ file: { ...pdf, bytes: Uint8Array.from(pdf.bytes) } })).toBe('unchanged');
    const [planned] = await planAwards(context, [awardInput({ file: otherPdf })], {});
    const corrected = await issue({ file: otherPdf });
    expect(corrected).toBe(planned?.result);
    expect(corrected).not.toBe('unchanged');
    expect(await issue({})).not.toBe('unchanged');
    expect(await issue({})).toBe('unchanged');
    const versions = await store.read.awardVersions(
      'default',
      (await store.read.listAwards({ issuer: 'default', limit: 9 })).awards[0]?.keyHash ?? new Uint8Array(),
    );
    const files = await Promise.all(versions.map(({ id }) => store.read.document('default', id)));
    expect(files.map((file) => file?.size)).toEqual([pdf.bytes.length, otherPdf.bytes.length, undefined]);
  });

  it('in one run is refused with another file', async () => {
    const { context } = await openDocuments();
    const results: string[] = [];
    const inputs = [awardInput({ file: pdf }), awardInput({ file: pdf }), awardInput({ file: otherPdf })];
    for await (const { result } of issueAwards(context, inputs, sampleRun)) results.push(result);
    expect(results).toEqual(['created', 'unchanged', 'refused']);
  });
});

describe('many awards with files', () => {
  it('are stored before the next ones are read, so that few files are in memory', async () => {
    const { context } = await openDocuments({}, {}, { maxBytes: 20_000_000 });
    let read = 0;
    let issued = 0;
    let most = 0;
    function* inputs() {
      for (let at = 0; at < 6; at += 1) {
        read += 1;
        most = Math.max(most, read - issued);
        const bytes = Buffer.concat([pdf.bytes, Buffer.alloc(16 * 1024 * 1024 - 1_000)]);
        yield awardInput({ key: `WELD-${at}`, file: { type: 'pdf', bytes } });
      }
    }
    for await (const { result } of issueAwards(context, inputs(), sampleRun)) {
      expect(result).toBe('created');
      issued += 1;
    }
    expect(issued).toBe(6);
    expect(most).toBeLessThanOrEqual(5);
  });
});

describe('whoever gets the award instead', () => {
  it('gets its file, under a key of their own', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    const change = {
      awardId,
      recipient: { fullName: 'Nguyễn Thị Lan', email: 'lan.new@example.edu' },
      reason: 'wrong_address',
      who: 'staff-7',
      mayChangeRecipients: true,
    } as const;
    const moved = await changeRecipient(flow.context, change);
    if (moved.outcome !== 'changed') throw new Error(moved.outcome);
    flow.advance({ hours: 25 });
    await flow.submit(moved.awardId);
    expect(Buffer.from(await (await flow.fetch(flow.address())).arrayBuffer())).toEqual(pdf.bytes);
    const [former, next] = await Promise.all([
      flow.store.read.document('default', awardId),
      flow.store.read.document('default', moved.awardId),
    ]);
    expect(next?.recipientId).not.toBe(former?.recipientId);
    const award = await flow.store.read.award('default', moved.awardId);
    const again = await issueAward(
      flow.context,
      awardInput({ recipient: change.recipient, file: pdf }),
      sampleRun,
    );
    expect(again).toMatchObject({ result: 'unchanged', awardId: award?.id });
  });

  it('is refused when the file was deleted', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await flow.store.transaction((tx) => tx.deleteDocumentsOfAwards('default', [awardId]));
    const moved = await changeRecipient(flow.context, {
      awardId,
      recipient: { fullName: 'Nguyễn Thị Lan', email: 'lan.new@example.edu' },
      reason: 'wrong_address',
      who: 'staff-7',
      mayChangeRecipients: true,
    });
    expect(moved).toMatchObject({ outcome: 'refused', problems: [{ code: 'file_gone' }] });
  });
});

describe('an award whose file was deleted', () => {
  it('is not submitted without it, be it the first time or again', async () => {
    const flow = await openDocuments();
    const [first, second] = [await flow.issue({ file: pdf }), await flow.issue({ key: 'B', file: otherPdf })];
    await flow.submit(second);
    for (const awardId of [first, second]) {
      await flow.store.transaction((tx) => tx.deleteDocumentsOfAwards('default', [awardId]));
      expect(await flow.click(awardId)).toEqual({ outcome: 'not_claimable' });
    }
    expect(flow.received()).toHaveLength(1);
  });

  it('comes back when it is withdrawn and issued again with its file', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    await withdraw(flow.context, { awardId, reason: 'other', who: 'staff-7' });
    await flow.store.sweep(flow.clock.now());
    const again = await flow.issue({ file: pdf }, { ...sampleRun, reissueWithdrawn: true });
    await flow.submit(again);
    expect((await flow.fetch(flow.address())).status).toBe(200);
  });
});

describe('a flow whose place for files was taken away', () => {
  it('submits no award with a file, and says what to put back', async () => {
    const flow = await openDocuments();
    const awardId = await flow.issue({ file: pdf });
    const { documents: _, ...without } = flow.context;
    const claim = submitClaim(without, { awardId, generation: 1, again: false });
    await expect(claim).rejects.toMatchObject({ code: 'invalid_configuration' });
    expect(flow.received()).toEqual([]);
    expect((await flow.click(awardId)).outcome).toBe('redirect');
  });
});

describe('a document with an address', () => {
  const linked = (value: string): AwardInput['credential'] => ({
    ...education,
    document: { type: 'pdf', value },
  });

  it('that cannot be fetched is refused where the flow is to ask, by the dry run too', async () => {
    const asked: string[] = [];
    const documents = readDocumentOptions(
      {
        checkUrls: {
          lookup: async (host) => {
            asked.push(host);
            if (host.startsWith('busy')) throw Object.assign(new Error('dns'), { code: 'EAI_AGAIN' });
            return [{ address: '10.0.0.8' }];
          },
        },
      },
      {},
      'production',
    );
    const { context } = await openAddFlow({ documents });
    const inside = awardInput({ credential: linked('https://files.example.edu/lan.pdf') });
    const result = await issueAward(context, inside, sampleRun);
    expect(result).toMatchObject({ result: 'refused', problems: [{ code: 'unreachable_document' }] });
    expect((await planAwards(context, [inside], {}))[0]?.result).toBe('refused');
    const busy = awardInput({ key: 'B', credential: linked('https://busy.example.edu/lan.pdf') });
    expect((await issueAward(context, busy, sampleRun)).result).toBe('created');
    expect((await issueAward(context, awardInput({ key: 'C' }), sampleRun)).result).toBe('created');
    expect(asked).toEqual(['files.example.edu', 'files.example.edu', 'busy.example.edu']);
  });

  it('is not asked for unless that is wanted', async () => {
    const { context } = await openDocuments();
    const input = awardInput({ credential: linked('https://files.invalid/lan.pdf') });
    expect((await issueAward(context, input, sampleRun)).result).toBe('created');
  });
});

describe('the settings of files', () => {
  it.each([
    ['http in production', { baseUrl: 'http://credentials.example.edu/documents' }],
    ['a user', { baseUrl: 'https://me@credentials.example.edu/documents' }],
    ['a slash at the end', { baseUrl: `${baseUrl}/` }],
    ['a query', { baseUrl: `${baseUrl}?a=b` }],
    ['no path', { baseUrl: 'https://credentials.example.edu' }],
    ['no URL', { baseUrl: 'documents' }],
    ['no way at all', {}],
    ['no size', { baseUrl, maxBytes: 0 }],
    ['half a byte', { baseUrl, maxBytes: 1.5 }],
    ['uploads through something that cannot', { readUploadLink: () => undefined }],
  ])('with %s are refused at the start', (_, options) => {
    expect(() => readDocumentOptions(options, {}, 'production')).toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    );
  });

  it('take a sandbox on this machine over http', () => {
    const local = 'http://127.0.0.1:8080/documents';
    expect(readDocumentOptions({ baseUrl: local }, {}, 'sandbox').baseUrl).toBe(local);
  });
});
