import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Entry } from '../../server/src/permissions/readable-entry.ts';
import { serviceOf } from '../../server/src/plugin-services.ts';
import { type Site, startSite } from '../site/start-site.ts';
import { courseMapping } from './course-mapping.ts';
import { type CompletionParts, makeCompletion } from './make-completion.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
}, 60_000);
afterAll(() => site.close());

const contentType = courseMapping.contentType;

async function readCompletion(parts?: CompletionParts) {
  const mappings = serviceOf(site.strapi, 'mappings');
  const { documentId, userDocumentId } = await makeCompletion(site.strapi, parts);
  const entry = (await site.strapi.documents(contentType as never).findOne({
    documentId,
    status: 'published',
    populate: mappings.populateOf(courseMapping) as never,
  })) as unknown as Entry;
  return { documentId, userDocumentId, reading: await mappings.readEntry(courseMapping, entry) };
}

test('a published entry becomes an award, its user the subject of the recipient', async () => {
  const { documentId, userDocumentId, reading } = await readCompletion();
  expect(reading.findings).toEqual([]);
  expect(reading.input).toMatchObject({
    key: `api::completion.completion:${documentId}:short-course`,
    recipient: { fullName: 'Mei Lin Tan', subject: `strapi-user:${userDocumentId}` },
    credential: {
      credential_type: 'microcredential',
      fields: {
        full_name: 'Mei Lin Tan',
        issuer_name: 'Wattle Bay Training',
        microcredential_name: 'First Aid – 8 hours',
        issue_date: '2026-05-02',
      },
    },
  });
});

test('a related entry that is only a draft is as good as none', async () => {
  for (const course of ['draft', 'none'] as const) {
    const { reading } = await readCompletion({ course });
    expect(reading.input).toBeUndefined();
    expect(reading.findings).toEqual([
      {
        target: 'microcredential_name',
        severity: 'error',
        message: 'microcredential_name has no value: course is empty, or what it leads to is not published',
        remedy: 'Fill it in and publish the entry.',
      },
    ]);
  }
});

test('a draft is not issued, whoever hands it over', async () => {
  const mappings = serviceOf(site.strapi, 'mappings');
  const { documentId } = await makeCompletion(site.strapi);
  const draft = await site.strapi.documents(contentType as never).findOne({
    documentId,
    status: 'draft',
    populate: mappings.populateOf(courseMapping) as never,
  });
  const { input, findings } = await mappings.readEntry(courseMapping, draft as unknown as Entry);
  expect(input).toBeUndefined();
  expect(findings.map(({ message }) => message)).toEqual(['The entry is a draft']);
});

test('security rule 24: a field that becomes private after the mapping was saved is refused for each entry', async () => {
  const attribute = site.strapi.contentType('api::learner.learner' as never).attributes[
    'fullName'
  ] as unknown as {
    private?: boolean;
  };
  attribute.private = true;
  try {
    const { reading } = await readCompletion();
    expect(reading.input).toBeUndefined();
    expect(reading.findings).toContainEqual({
      target: 'full_name',
      severity: 'error',
      message: 'learner.fullName is private',
      remedy: 'Choose another field.',
    });
    expect(JSON.stringify(reading.preview)).not.toContain('Mei Lin Tan');
  } finally {
    delete attribute.private;
  }
});

test('the preview is what SEEK Pass gets', async () => {
  const { reading } = await readCompletion();
  if (reading.input === undefined) throw new Error('The entry cannot be issued.');
  const { addFlow } = serviceOf(site.strapi, 'connection').required();
  const result = await addFlow.award(reading.input, { runId: 'preview', who: 'strapi:1' });
  if (result.result === 'refused') throw new Error('Nothing was issued.');
  const { awardId } = result;
  expect(await addFlow.submitClaim({ awardId, generation: 1, again: false })).toMatchObject({
    outcome: 'redirect',
  });
  const { path, body } = reading.preview.request ?? {};
  const sent = site.sandbox.control.requests.list().find(({ url }) => url === path);
  expect({ ...JSON.parse(sent?.requestBody ?? '{}'), id: 0 }).toEqual({ ...body, id: 0 });
});
