import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { IssuePreview } from '../../contract/entry-awards.ts';
import type {
  ListedMapping,
  Mapping,
  MappingChoices,
  MappingTrial,
  SiteMapping,
  SourceField,
  TrialEntry,
} from '../../contract/mapping.ts';
import { type PermissionName, permissionAction } from '../../contract/permissions.ts';
import { type Site, startSite } from '../site/start-site.ts';
import type { StaffMember } from '../site/staff-member.ts';
import { courseMapping } from './course-mapping.ts';
import { makeCompletion } from './make-completion.ts';

const inCode: Mapping = { ...courseMapping, name: 'in-code', title: 'In code' };

const allTypes = ['api::completion.completion', 'api::learner.learner', 'api::course.course'];

let site: Site;
/** Whoever may set up mappings, and reads entries with all they relate to, entries alone, or none; and with names or without. */
let whole: StaffMember;
let impersonal: StaffMember;
let narrow: StaffMember;
let blind: StaffMember;
beforeAll(async () => {
  site = await startSite({ config: { mappings: [inCode] } });
  whole = await staffWith(['settings', 'personal-data'], allTypes);
  impersonal = await staffWith(['settings'], allTypes);
  narrow = await staffWith(['settings', 'personal-data'], allTypes.slice(0, 1));
  blind = await staffWith(['settings', 'personal-data']);
}, 60_000);
afterAll(() => site.close());

const read = 'plugin::content-manager.explorer.read';

function staffWith(names: readonly PermissionName[], types: readonly string[] = []): Promise<StaffMember> {
  return site.staff([
    ...names.map((name) => ({ action: permissionAction(name) })),
    ...types.map((subject) => ({ action: read, subject, properties: { fields: fieldsOf(subject) } })),
  ]);
}

/** A role that reads a content type names its fields. */
function fieldsOf(subject: string): string[] {
  return Object.keys(site.strapi.contentType(subject as never).attributes);
}

interface Refusal {
  readonly error: { readonly message: string; readonly details?: unknown };
}

async function create(mapping: Mapping): Promise<SiteMapping> {
  const answer = await site.admin.ask<{ mapping: SiteMapping }>('POST', '/seek-pass/mappings', { mapping });
  expect(answer.status).toBe(200);
  return answer.body.mapping;
}

describe('mappings of the settings page', () => {
  beforeEach(async () => {
    const { body } = await site.admin.ask<{ mappings: ListedMapping[] }>('GET', '/seek-pass/mappings');
    for (const { name, keptIn, revision } of body.mappings) {
      if (keptIn === 'database')
        await site.admin.ask('DELETE', `/seek-pass/mappings/${name}?revision=${revision}`);
    }
  });

  test('one is made, changed, switched off and deleted', async () => {
    const { revision } = await create(courseMapping);
    const changed = await site.admin.ask<{ mapping: SiteMapping }>(
      'PUT',
      '/seek-pass/mappings/short-course',
      {
        mapping: { ...courseMapping, title: 'Courses' },
        revision,
      },
    );
    expect(changed.body.mapping).toMatchObject({ title: 'Courses', revision: revision + 1 });
    const off = await site.admin.ask('POST', '/seek-pass/mappings/short-course/switch', {
      enabled: false,
      revision: revision + 1,
    });
    expect(off).toMatchObject({ status: 200, body: { mapping: { enabled: false } } });
    expect((await site.admin.ask('DELETE', '/seek-pass/mappings/short-course?revision=3')).status).toBe(200);
    expect(await site.admin.ask('GET', '/seek-pass/mappings')).toMatchObject({
      body: {
        mappings: [
          { name: 'in-code', keptIn: 'code', contentTypeName: 'Completion', issued: false, errors: [] },
        ],
      },
    });
  });

  test('what somebody else has changed meanwhile is not written over', async () => {
    await create(courseMapping);
    const change = { mapping: { ...courseMapping, title: 'Mine' }, revision: 1 };
    expect((await site.admin.ask('PUT', '/seek-pass/mappings/short-course', change)).status).toBe(200);
    const late = await site.admin.ask<Refusal>('PUT', '/seek-pass/mappings/short-course', change);
    expect(late.status).toBe(400);
    expect(late.body.error.message).toMatch(/changed this mapping meanwhile/);
  });

  test('a name is given once, be the other mapping kept in code', async () => {
    await create(courseMapping);
    for (const mapping of [courseMapping, inCode]) {
      const again = await site.admin.ask<Refusal>('POST', '/seek-pass/mappings', { mapping });
      expect(again.body.error.message).toMatch(/^There is a mapping .* already: choose another name\.$/);
    }
  });

  test('a mapping in code is not changed here, and can be downloaded for git', async () => {
    const refused = await site.admin.ask<Refusal>('PUT', '/seek-pass/mappings/in-code', {
      mapping: inCode,
      revision: 0,
    });
    expect(refused.body.error.message).toMatch(/kept in the code of the site/);
    const file = await site.admin.ask<Mapping>('GET', '/seek-pass/mappings/in-code/file');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="in-code.json"');
    expect(file.body).toEqual(inCode);
  });

  test('one that does not fit is refused, with the target of each problem', async () => {
    const answer = await site.admin.ask<Refusal>('POST', '/seek-pass/mappings', {
      mapping: {
        ...courseMapping,
        targets: { ...courseMapping.targets, issue_date: { field: 'finishedOn' } },
      },
    });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        error: {
          message: 'There is no field finishedOn. Choose another.',
          details: { errors: [{ path: ['issue_date'] }] },
        },
      },
    });
  });

  test('once something was issued, its name and content type stay, and it is kept', async () => {
    const { revision } = await create(courseMapping);
    const { documentId } = await makeCompletion(site.strapi);
    const place = { contentType: courseMapping.contentType, documentId, mapping: 'short-course' };
    const { body: preview } = await site.admin.ask<IssuePreview>(
      'GET',
      `/seek-pass/entries/preview?${new URLSearchParams(place).toString()}`,
    );
    const issued = await site.admin.ask('POST', '/seek-pass/entries/issue', { ...place, seen: preview.seen });
    expect(issued.status).toBe(200);
    for (const change of [{ name: 'other' }, { contentType: 'api::course.course', targets: {} }]) {
      const moved = await site.admin.ask<Refusal>('PUT', '/seek-pass/mappings/short-course', {
        mapping: { ...courseMapping, ...change },
        revision,
      });
      expect(moved.body.error.message).toMatch(/^Credentials were issued with this mapping/);
    }
    const deleted = await site.admin.ask<Refusal>(
      'DELETE',
      `/seek-pass/mappings/short-course?revision=${revision}`,
    );
    expect(deleted.body.error.message).toMatch(/switch it off instead/);
  });
});

describe('what a mapping is made of', () => {
  test('content types of the site, and what each credential type takes', async () => {
    const { body } = await site.admin.ask<MappingChoices>('GET', '/seek-pass/mapping-choices');
    expect(body.contentTypes.map(({ name }) => name)).toEqual(['Completion', 'Course', 'Learner']);
    const targets = body.credentialTypes.find(
      ({ credentialType }) => credentialType === 'microcredential',
    )?.targets;
    expect(targets?.filter(({ updateKey }) => updateKey).map(({ name }) => name)).toEqual([
      'issuer_name',
      'microcredential_name',
    ]);
  });

  test('security rule 24: no private field, no password and nothing of an account is offered', async () => {
    const { body } = await site.admin.ask<{ fields: SourceField[] }>(
      'GET',
      '/seek-pass/mapping-fields?contentType=api::completion.completion',
    );
    const paths = body.fields.map(({ path }) => path);
    expect(paths).toContain('learner.fullName');
    expect(paths.filter((path) => /taxNumber|pin|createdBy|updatedBy|user\./.test(path))).toEqual([]);
    expect(body.fields.find(({ path }) => path === 'learner.user')?.kind).toBe('user');
  });

  test('a guess from the names of the fields fits the site', async () => {
    const { body } = await site.admin.ask<{ targets: Mapping['targets'] }>(
      'GET',
      '/seek-pass/mapping-guess?contentType=api::completion.completion&credentialType=microcredential',
    );
    expect(body.targets).toMatchObject({
      full_name: { field: 'learner.fullName' },
      email: { field: 'learner.email' },
      user: { field: 'learner.user' },
      issuer_name: { text: 'Wattle Bay Training' },
      microcredential_name: { field: 'course.title' },
      issue_date: { field: 'completedOn' },
    });
  });
});

describe('trying a mapping with an entry', () => {
  test('without an entry, what is wrong with it stands beside its targets', async () => {
    const { issue_date: _without, ...targets } = courseMapping.targets;
    const { body } = await site.admin.ask<MappingTrial>('POST', '/seek-pass/mapping-trial', {
      mapping: { ...courseMapping, name: '', title: '', targets },
    });
    expect(body).toEqual({
      findings: [
        {
          target: 'issue_date',
          severity: 'error',
          message: 'issue_date is needed',
          remedy: 'Say where it comes from.',
        },
      ],
    });
  });

  test('names need their permission, and what may not be read in the Content Manager is hidden', async () => {
    const { documentId } = await makeCompletion(site.strapi);
    const trial = { mapping: courseMapping, entry: { documentId } };

    const seen = await whole.ask<MappingTrial>('POST', '/seek-pass/mapping-trial', trial);
    expect(seen.body.preview).toMatchObject({
      title: 'First Aid – 8 hours',
      request: { path: expect.any(String) },
    });
    expect(JSON.stringify(seen.body)).toContain('Mei Lin Tan');

    const without = await impersonal.ask<MappingTrial>('POST', '/seek-pass/mapping-trial', trial);
    expect(without.body.preview?.request).toBeUndefined();
    expect(JSON.stringify(without.body)).not.toMatch(/Mei|example\.com|S-\d/);
    expect(without.body.preview?.values).toContainEqual({
      target: 'issue_date',
      shown: 'value',
      text: '2026-05-02',
    });

    const hidden = await narrow.ask<MappingTrial>('POST', '/seek-pass/mapping-trial', trial);
    expect(JSON.stringify(hidden.body)).not.toMatch(/Mei|example\.com|First Aid/);
    expect(hidden.body.preview?.values).toContainEqual({ target: 'full_name', shown: 'hidden' });

    expect((await blind.ask('POST', '/seek-pass/mapping-trial', trial)).status).toBe(403);
  });

  test('only entries that may be read are offered', async () => {
    const path = '/seek-pass/mapping-entries?contentType=api::completion.completion';
    expect((await blind.ask('GET', path)).status).toBe(403);
    const { body } = await impersonal.ask<{ entries: TrialEntry[] }>('GET', path);
    expect(body.entries.length).toBeGreaterThan(0);
    expect(body.entries.every(({ label }) => label === undefined)).toBe(true);
    const found = await site.admin.ask<{ entries: TrialEntry[] }>('GET', `${path}&search=no-such-reference`);
    expect(found.body.entries).toEqual([]);
  });

  test('accounts are no entries', async () => {
    for (const contentType of ['admin::user', 'plugin::users-permissions.user']) {
      const entries = await site.admin.ask('GET', `/seek-pass/mapping-entries?contentType=${contentType}`);
      expect(entries.status).toBe(400);
      const trial = await site.admin.ask('POST', '/seek-pass/mapping-trial', {
        mapping: { ...courseMapping, contentType },
        entry: { documentId: 'any' },
      });
      expect(trial.status).toBe(400);
    }
  });
});

test('every route needs its permission', async () => {
  const routes = [
    ['GET', '/mappings'],
    ['POST', '/mappings'],
    ['PUT', '/mappings/in-code'],
    ['POST', '/mappings/in-code/switch'],
    ['DELETE', '/mappings/in-code'],
    ['GET', '/mappings/in-code/file'],
    ['GET', '/mapping-choices'],
    ['GET', '/mapping-fields'],
    ['GET', '/mapping-entries'],
    ['GET', '/mapping-guess'],
    ['POST', '/mapping-trial'],
  ] as const;
  const other = await staffWith([
    'read',
    'personal-data',
    'issue',
    'bulk-issue',
    'copy-link',
    'withdraw',
    'export',
  ]);
  for (const [method, path] of routes) {
    expect([path, (await other.ask(method, `/seek-pass${path}`)).status]).toEqual([path, 403]);
  }
});
