/** The credential types of SEEK Pass, by their wire names (docs: "Credential definitions"). */
export const credentialTypes = [
  'education',
  'english_proficiency',
  'microcredential',
  'digital_identity',
  'right_to_work',
  'career_history',
  'universal_credential',
] as const;

/** One of {@link credentialTypes}. */
export type CredentialType = (typeof credentialTypes)[number];
