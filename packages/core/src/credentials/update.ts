import { isDeepStrictEqual } from 'node:util';
import { type Credential, definitionOf } from './credential.ts';

/** What sending a new version does to the old one in the wallet of the same person. */
export type UpdateEffect = 'unchanged' | 'replaces' | 'adds-a-second' | 'undocumented';

/** The answer of {@link compareForUpdate}. */
export interface UpdateComparison {
  readonly effect: UpdateEffect;
  /** Why, in one sentence without values. */
  readonly because: string;
  /** Members that differ, as paths from the credential on: `fields.course_name`, `document`. */
  readonly differing: readonly string[];
}

/**
 * Says what SEEK Pass documents about a new version of a credential (docs: "Redirect user", updating existing credentials): certain fields
 * must be equal for it to replace the old one. Both are for the same person, and both are valid. Treat `undocumented` as "may
 * add a second"; nothing that was added can be taken back.
 */
export function compareForUpdate(previous: Credential, next: Credential): UpdateComparison {
  const { credential_type } = next;
  const [before, after] = [plain(previous.fields), plain(next.fields)];
  const differing = [
    ...differences(plain(previous), plain(next)).filter((name) => name !== 'fields'),
    ...differences(before, after).map((name) => `fields.${name}`),
  ];
  const answer = (effect: UpdateEffect, because: string): UpdateComparison => ({
    effect,
    because,
    differing,
  });

  if (previous.credential_type !== credential_type)
    return answer('adds-a-second', 'The credential type differs.');
  if (differing.length === 0) return answer('unchanged', 'Nothing differs.');
  const { updateKey } = definitionOf(credential_type);
  if (updateKey === undefined) {
    return answer(
      'undocumented',
      `SEEK Pass does not say which fields of ${credential_type} must stay equal.`,
    );
  }
  const changed = updateKey.filter((name) => differing.includes(`fields.${name}`));
  if (changed.length === 0) return answer('replaces', `${updateKey.join(', ')} stay equal.`);
  const clear = changed.filter((name) => !isDeepStrictEqual(meaning(before[name]), meaning(after[name])));
  const conferred = before['awaiting_graduation'] === true && after['awaiting_graduation'] !== true;
  if (conferred && clear.every((name) => name === 'conferral_year')) {
    return answer('undocumented', 'With graduation conferral_year changes, although it must stay equal.');
  }
  if (clear.length > 0)
    return answer('adds-a-second', `${clear.join(', ')} must stay equal to replace, but changes.`);
  return answer(
    'undocumented',
    `${changed.join(', ')} says the same in another way, and SEEK Pass does not say whether that counts as equal.`,
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** As it is on the wire, where a member that is undefined is absent. */
function plain(value: object): Fields {
  return JSON.parse(JSON.stringify(value)) as Fields;
}

function differences(before: Fields, after: Fields): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

/** What a value says: absent, null, false and an empty list say "none", and a list says the same in any order. */
function meaning(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).toSorted(compareText) : (value ?? false) || [];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
