import type { Credential, CredentialType } from '@seek-pass-kit/core';
import type { Locale } from '../languages/locale.ts';

/**
 * What a credential is called, for mails and claim pages: the course, the test, the licence by its own name, and the kinds
 * that have none by what they are. It tells nothing about the person: neither a grade nor an employer nor a country.
 */
export function credentialTitle(credential: Credential, locale: Locale): string {
  switch (credential.credential_type) {
    case 'education':
      return credential.fields.course_name;
    case 'microcredential':
      return credential.fields.microcredential_name;
    case 'english_proficiency':
      return credential.fields.test_name;
    case 'universal_credential':
      return credential.fields.credential_name;
    case 'career_history':
    case 'digital_identity':
    case 'right_to_work':
      return kinds[credential.credential_type][locale];
  }
}

type Nameless = Extract<CredentialType, 'career_history' | 'digital_identity' | 'right_to_work'>;

const kinds: Readonly<Record<Nameless, Readonly<Record<Locale, string>>>> = {
  career_history: {
    en: 'Career history',
    id: 'Riwayat karier',
    th: 'ประวัติการทำงาน',
    'zh-Hant': '工作經歷',
    vi: 'Quá trình làm việc',
    ms: 'Sejarah kerjaya',
  },
  digital_identity: {
    en: 'Digital identity',
    id: 'Identitas digital',
    th: 'ตัวตนดิจิทัล',
    'zh-Hant': '數碼身分',
    vi: 'Danh tính số',
    ms: 'Identiti digital',
  },
  right_to_work: {
    en: 'Right to work',
    id: 'Hak bekerja',
    th: 'สิทธิในการทำงาน',
    'zh-Hant': '工作權利',
    vi: 'Quyền làm việc',
    ms: 'Hak bekerja',
  },
};
