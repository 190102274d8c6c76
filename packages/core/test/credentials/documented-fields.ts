import fc from 'fast-check';
import type { CredentialType } from '../../src/credentials/index.ts';

/**
 * A second reading of the field tables of SEEK Pass, apart from the schemas: what kind each field is, and which may be left out or null.
 */
export type Kind =
  | 'text'
  | 'name'
  | 'year'
  | 'month'
  | 'day'
  | 'year or day'
  | 'boolean'
  | readonly string[]
  | { readonly list: Field }
  | { readonly object: Fields };

export interface Field {
  readonly kind: Kind;
  readonly optional: boolean;
  readonly nullable: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

const must = (kind: Kind): Field => ({ kind, optional: false, nullable: false });
const may = (kind: Kind): Field => ({ kind, optional: true, nullable: false });
const mayNull = (kind: Kind): Field => ({ kind, optional: true, nullable: true });

export const documentedFields: { readonly [T in CredentialType]: Fields } = {
  education: {
    full_name: must('name'),
    education_provider: must('text'),
    course_name: must('text'),
    conferral_year: must('year'),
    has_majors: may('boolean'),
    majors: may({ list: must('text') }),
    with_honours: may('boolean'),
    transcript: may({
      object: {
        overall: must({ object: { issuance_date: must('day'), score: may('text') } }),
        subjects: must({
          list: must({
            object: {
              name: must('text'),
              code: must('text'),
              grade: must('text'),
              credit: may('text'),
              score: may('text'),
              completion_date: must('year or day'),
            },
          }),
        }),
      },
    }),
  },
  english_proficiency: {
    full_name: must('name'),
    test_provider: must('text'),
    test_name: must('text'),
    completion_date: must('day'),
    expiry_date: may('day'),
    test_scores: must({
      object: {
        cefr_scores: must({
          object: {
            combined: may('text'),
            reading: may('text'),
            listening: may('text'),
            speaking: may('text'),
            writing: may('text'),
          },
        }),
        overall: must({ object: { score: must('text'), scale: must('text') } }),
        subskills: may({ list: must({ object: { skill: must('text'), score: must('text') } }) }),
      },
    }),
  },
  microcredential: {
    full_name: must('name'),
    issuer_name: must('text'),
    microcredential_name: must('text'),
    issue_date: must('day'),
    expiry_date: may('day'),
    assessment_result: mayNull('text'),
  },
  digital_identity: {
    full_name: must('name'),
    date_of_birth: mayNull('day'),
    identity_document_validity: must(['manual', 'government_database', 'verifiable_credential']),
    identity_document_liveness: must(['automated', 'in_person']),
    identity_document_person_match: must(['manual', 'automated', 'government_database']),
  },
  right_to_work: {
    full_name: must('name'),
    country: must(['AU', 'ID', 'MY', 'NZ', 'PH', 'TH', 'VN']),
    singapore_work_rights: may('text'),
  },
  career_history: {
    full_name: must('name'),
    employment: may({
      list: must({
        object: {
          organisation: must('text'),
          // At least one of role_classification and role_title: here always the second, the rest is in validate.test.ts.
          role_title: must('text'),
          start_date: must('month'),
          end_date: mayNull('month'),
          last_processed_month: must('month'),
        },
      }),
    }),
  },
  universal_credential: {
    full_name: must('name'),
    credential_name: must('text'),
    issuer_name: must('text'),
    credential_category: must('text'),
    expiry_date: mayNull('day'),
    credential_details: mayNull({
      object: {
        scope_of_practice: mayNull('text'),
        version: mayNull('text'),
        country: mayNull('text'),
        state: mayNull('text'),
        province: mayNull('text'),
        city: mayNull('text'),
        region: mayNull('text'),
        place: mayNull('text'),
        speciality: mayNull({ list: must('text') }),
        date_completed: mayNull('day'),
      },
    }),
  },
};

const visible = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => `x${text}`);
const text = visible.filter((value) => !/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069\ufeff]/u.test(value));
const name = fc
  .array(
    fc.constantFrom(
      'Nguyễn',
      'An',
      "O'Brien",
      'สมชาย',
      '小明',
      'محمد',
      'J.',
      'a/l',
      '-Smith',
      'علی\u200cرضا',
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((words) => words.join(' '));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const arbitraries = {
  text,
  name,
  day,
  month: day.map((value) => value.slice(0, 7)),
  year: day.map((value) => value.slice(0, 4)),
  'year or day': fc.oneof(
    day,
    day.map((value) => value.slice(0, 4)),
  ),
  boolean: fc.boolean(),
};

function valueOf({ kind, nullable }: Field): fc.Arbitrary<unknown> {
  const value: fc.Arbitrary<unknown> =
    typeof kind === 'string'
      ? arbitraries[kind]
      : 'list' in kind
        ? fc.array(valueOf(kind.list), { maxLength: 3 })
        : 'object' in kind
          ? objectOf(kind.object)
          : fc.constantFrom(...kind);
  return nullable ? fc.option(value) : value;
}

/** Any valid object with these fields. */
export function objectOf(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const requiredKeys = Object.keys(fields).filter((key) => fields[key]?.optional === false);
  const model = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, valueOf(field)]));
  return fc.record(model, { requiredKeys }) as fc.Arbitrary<Record<string, unknown>>;
}

/** One change that makes a payload invalid. */
export interface Mutation {
  /** What was done, and where. */
  readonly name: string;
  /** Path of the problem it must cause, from the fields on. */
  readonly path: string;
  readonly mutate: (parent: Record<string, unknown>) => void;
}

const wrongTexts: { readonly [kind: string]: readonly string[] } = {
  text: ['', ' ', 'a\u0007', 'a\u202eb'],
  name: ['', 'a\nb', 'a\u2066', 'https://a.example'],
  day: ['2026-02-29', '2026-2-1', '2026-02', '26-02-01', 'today', ''],
  month: ['2026-00', '2026-13', '2026-01-01', '2026', ''],
  year: ['26', '2026-01', '0000', ''],
  'year or day': ['2026-01', '2026-02-30', ''],
};

/** Every single change that makes this object invalid, for the members that it has. */
export function mutationsOf(
  fields: Fields,
  value: Record<string, unknown>,
  at = '',
): (Mutation & { readonly parent: Record<string, unknown> })[] {
  const known = Object.entries(fields).flatMap(([key, field]) => {
    const path = at + key;
    const inside = value[key];
    const change = (what: string, next: unknown): Mutation & { parent: Record<string, unknown> } => ({
      name: `${what} at ${path}`,
      path,
      parent: value,
      mutate: (parent) => {
        if (next === undefined) delete parent[key];
        else parent[key] = next;
      },
    });
    const { kind } = field;
    const isText = typeof kind === 'string' && kind !== 'boolean';
    const found = [
      change('number', 7),
      change(isText || Array.isArray(kind) ? 'list' : 'text', isText || Array.isArray(kind) ? ['a'] : 'a'),
    ];
    if (!field.optional) found.push(change('nothing', undefined));
    if (!field.nullable) found.push(change('null', null));
    for (const wrong of typeof kind === 'string' ? (wrongTexts[kind] ?? []) : [])
      found.push(change(JSON.stringify(wrong), wrong));
    if (Array.isArray(kind)) found.push(change('other value', 'another'));
    if (typeof kind === 'object' && 'object' in kind && isRecord(inside))
      found.push(...mutationsOf(kind.object, inside, `${path}.`));
    if (typeof kind === 'object' && 'list' in kind && Array.isArray(inside)) {
      const { kind: entry } = kind.list;
      for (const [index, member] of inside.entries()) {
        if (typeof entry === 'object' && 'object' in entry && isRecord(member)) {
          found.push(...mutationsOf(entry.object, member, `${path}.${index}.`));
        }
      }
    }
    return found;
  });
  const unknown = {
    name: `unknown member at ${at}`,
    path: `${at}invented`,
    parent: value,
    mutate: (parent: Record<string, unknown>) => void (parent['invented'] = 'x'),
  };
  return [...known, unknown];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
