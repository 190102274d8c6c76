import { type Credential, type CredentialType, credentialTypes } from '@seek-pass-kit/core';
import { expect, it } from 'vitest';
import { credentialTitle } from '../../src/awards/credential-title.ts';
import { locales } from '../../src/languages/locale.ts';

/** One of each type, with something personal in it. */
const samples: { readonly [Type in CredentialType]: object } = {
  education: { course_name: 'Bachelor of Commerce', education_provider: 'Example University' },
  microcredential: {
    microcredential_name: 'Rigging',
    issuer_name: 'Example University',
    assessment_result: '93 %',
  },
  english_proficiency: { test_name: 'English Test', test_scores: { overall: { score: '7.5', scale: '9' } } },
  universal_credential: { credential_name: 'Forklift Licence', credential_details: { city: 'Perth' } },
  career_history: { employment: [{ organisation: 'Acme', role_title: 'Welder' }] },
  digital_identity: { date_of_birth: '2001-02-03' },
  right_to_work: { country: 'SG', singapore_work_rights: 'resident' },
};

const named = new Set<CredentialType>([
  'education',
  'microcredential',
  'english_proficiency',
  'universal_credential',
]);

it.each(credentialTypes)('%s has a title in every language that tells nothing about the person', (type) => {
  const fields = { full_name: 'Nguyễn Thị Lan', ...samples[type] };
  const titles = locales.map((locale) =>
    credentialTitle({ credential_type: type, fields } as Credential, locale),
  );
  for (const title of titles) {
    expect(title).not.toBe('');
    expect(title).not.toMatch(/Lan|Acme|Welder|SG|resident|2001|93|7\.5|Perth/);
  }
  // Names of courses and tests are what they are; kinds without a name of their own are said in the reader's language.
  expect(new Set(titles).size === 1).toBe(named.has(type));
});
