/** The OAuth scopes that SEEK Pass documents (docs: "OAuth authentication" and the field pages of the credential types). */
export const documentedScopes = [
  'write.education',
  'write.english_proficiency',
  'write.microcredential',
  'write.digital_identity',
  'read.digital_identity',
  'write.right_to_work',
  'write.career_history',
  'write.universal',
] as const;

/** One of {@link documentedScopes}. */
export type Scope = (typeof documentedScopes)[number];

/** The scopes that a client needs for the verify flow, both of them (docs: "Verify with SEEK Pass"). */
export const verifyScopes: readonly Scope[] = ['read.digital_identity', 'write.digital_identity'];

/** The scopes one token must hold: sorted and without repeats, so that equal sets have equal keys. */
export interface ScopeSet {
  readonly scopes: readonly string[];
  /** The value of the `scope` parameter: the names separated by one space. */
  readonly key: string;
}

const sets = new Map<string, ScopeSet>();

/** The one {@link ScopeSet} of these scopes, whatever their order. */
export function scopeSet(scopes: readonly string[]): ScopeSet {
  const names = scopes.length === 1 ? scopes : [...new Set(scopes)].sort();
  const key = names.join(' ');
  let set = sets.get(key);
  if (set === undefined) {
    set = { scopes: names, key };
    sets.set(key, set);
  }
  return set;
}
