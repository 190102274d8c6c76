import type { CredentialType } from '../shapes.ts';

/** The scope each type's add needs (docs: "OAuth authentication" and the field pages). */
export const addScope: { readonly [T in CredentialType]: string } = {
  education: 'write.education',
  english_proficiency: 'write.english_proficiency',
  microcredential: 'write.microcredential',
  digital_identity: 'write.digital_identity',
  right_to_work: 'write.right_to_work',
  career_history: 'write.career_history',
  universal_credential: 'write.universal',
};

/** Reading an identity in a verification; asked for together with `write.digital_identity` (docs: "Verify with SEEK Pass"). */
export const readIdentityScope = 'read.digital_identity';

/** All scopes SEEK Pass knows. */
export const knownScopes: readonly string[] = [...Object.values(addScope), readIdentityScope];
