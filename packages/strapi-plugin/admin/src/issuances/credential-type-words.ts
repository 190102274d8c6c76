import type { Words } from '../words/use-words.ts';

const types = [
  'education',
  'microcredential',
  'english_proficiency',
  'universal_credential',
  'career_history',
  'digital_identity',
  'right_to_work',
] as const;

/** What a credential type is called; one that this version does not know, by its name. */
export function credentialTypeInWords(credentialType: string, words: Words): string {
  const known = types.find((type) => type === credentialType);
  return known === undefined ? credentialType : words(`issuances.type.${known}`);
}
