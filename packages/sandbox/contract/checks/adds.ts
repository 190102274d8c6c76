import { expectLink, expectRefusal, freshId } from '../check.ts';
import type { ContractCheck, Observation } from '../check.ts';
import {
  batch,
  careerHistory,
  digitalIdentity,
  education,
  english,
  microcredential,
  rightToWork,
  universal,
} from '../made-up.ts';
import type { ApiAnswer, PartnerApi } from '../partner-api.ts';

const v1 = (type: string): string => `/api/partner/v1/add/${type}.json`;
const v2 = (type: string): string => `/api/partner/v2/add/requests/${type}`;

function linkCheck(
  behaviour: string,
  path: string,
  scopes: readonly string[],
  link: string,
  makeBody: (id: string) => unknown,
): ContractCheck {
  return {
    behaviour,
    trying: `POST ${path.replace('/api/partner/', '')}`,
    expected: `201 ${link}`,
    observe: async (api) => expectLink(link, await add(api, path, scopes, makeBody(freshId()))),
  };
}

function refusalCheck(
  behaviour: string,
  trying: string,
  path: string,
  scope: string,
  body: unknown,
): ContractCheck {
  return {
    behaviour,
    trying,
    expected: 'refused (4xx)',
    observe: async (api) => expectRefusal(await add(api, path, [scope], body)),
  };
}

async function add(
  api: PartnerApi,
  path: string,
  scopes: readonly string[],
  body: unknown,
): Promise<ApiAnswer> {
  return api.call('POST', path, { token: await api.token(...scopes), body });
}

const linkOf = (type: string): string => `/partner/add/${type}#clientId,documentType,content`;

/** Adds, single and batch (docs: "Redirect user", "Batch field descriptions", the field pages). */
export const addChecks: readonly ContractCheck[] = [
  linkCheck('redirect_form', v1('education'), ['write.education'], linkOf('education'), education),
  linkCheck(
    'redirect_form',
    v1('english_proficiency'),
    ['write.english_proficiency'],
    linkOf('englishProficiency'),
    english,
  ),
  linkCheck(
    'redirect_form',
    v1('microcredential'),
    ['write.microcredential'],
    linkOf('microcredential'),
    microcredential,
  ),
  linkCheck(
    'redirect_types',
    v1('digital_identity'),
    ['write.digital_identity'],
    linkOf('digitalIdentity'),
    digitalIdentity,
  ),
  linkCheck(
    'redirect_types',
    v1('right_to_work'),
    ['write.right_to_work'],
    linkOf('rightToWork'),
    rightToWork,
  ),
  linkCheck(
    'redirect_types',
    v2('career_history'),
    ['write.career_history'],
    linkOf('careerHistory'),
    careerHistory,
  ),
  linkCheck(
    'redirect_types',
    v2('universal_credential.json'),
    ['write.universal'],
    linkOf('universalCredential'),
    universal,
  ),
  linkCheck(
    'v2_suffix',
    v2('career_history.json'),
    ['write.career_history'],
    linkOf('careerHistory'),
    careerHistory,
  ),
  linkCheck(
    'v2_suffix',
    v2('universal_credential'),
    ['write.universal'],
    linkOf('universalCredential'),
    universal,
  ),
  linkCheck(
    'v2_paths',
    v2('microcredential.json'),
    ['write.microcredential'],
    linkOf('microcredential'),
    (id) => ({
      credential_id: id,
      fields: microcredential(id).data.credential,
    }),
  ),
  linkCheck(
    'batch_link',
    v2('batch.json'),
    ['write.education', 'write.microcredential'],
    '/partner/add/batch#clientId,content',
    batch,
  ),
  {
    behaviour: 'scope_of_batch',
    trying: 'a batch with a token for one of its two types',
    expected: 'refused (4xx)',
    observe: async (api) =>
      expectRefusal(await add(api, v2('batch.json'), ['write.education'], batch(freshId()))),
  },
  {
    behaviour: 'same_id_in_window',
    trying: 'the same body twice',
    expected: 'the same link',
    observe: (api) => twice(api, (id) => [education(id), education(id)]),
  },
  {
    behaviour: 'repeat_with_other_data',
    trying: 'the same id with another course_name',
    expected: 'the same link',
    observe: (api) =>
      twice(api, (id) => [education(id), education(id, { course_name: 'Master of Applied Statistics' })]),
  },
  {
    behaviour: 'redirect_form',
    trying: 'two ids, one learner',
    expected: 'two links',
    async observe(api) {
      const { seen } = await twice(api, () => [education(freshId()), education(freshId())]);
      return { seen, asExpected: seen === this.expected };
    },
  },
  refusalCheck(
    'add_schema',
    'education without course_name',
    v1('education'),
    'write.education',
    education(freshId(), { course_name: undefined }),
  ),
  refusalCheck(
    'add_schema',
    'education without conferral_year, not awaiting',
    v1('education'),
    'write.education',
    education(freshId(), { conferral_year: null }),
  ),
  refusalCheck(
    'add_schema',
    'an issue_date that is no day',
    v1('microcredential'),
    'write.microcredential',
    microcredential(freshId(), { issue_date: '2025-06-31' }),
  ),
  refusalCheck(
    'add_schema',
    'SG without singapore_work_rights',
    v1('right_to_work'),
    'write.right_to_work',
    rightToWork(freshId(), { singapore_work_rights: undefined }),
  ),
  refusalCheck('add_schema', 'a document_type that does not exist', v1('education'), 'write.education', {
    ...education(freshId()),
    document_type: 'parchment',
  }),
  refusalCheck(
    'unknown_fields',
    'a field that does not exist',
    v1('education'),
    'write.education',
    education(freshId(), { favourite_colour: 'blue' }),
  ),
  refusalCheck(
    'universal_v2_only',
    'a universal credential in v1',
    v1('universal_credential'),
    'write.universal',
    universal(freshId()),
  ),
];

/** Whether two adds of education lead to one link. */
async function twice(
  api: PartnerApi,
  bodies: (id: string) => readonly [first: unknown, second: unknown],
): Promise<Observation> {
  const [first, second] = bodies(freshId());
  const links: string[] = [];
  for (const body of [first, second]) {
    const answer = await add(api, v1('education'), ['write.education'], body);
    const link = answer.body['redirect_uri'];
    if (answer.status !== 201 || typeof link !== 'string')
      return { seen: String(answer.status), asExpected: false };
    links.push(link);
  }
  const same = links[0] === links[1];
  return { seen: same ? 'the same link' : 'two links', asExpected: same };
}
