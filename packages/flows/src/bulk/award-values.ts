import type { CredentialType } from '@seek-pass-kit/core';
import type { Recipient } from '../awards/recipient.ts';
import { type FieldColumn, knownFactsPrefix } from './columns.ts';

/** What one of our columns says: `list` columns a list, `boolean` columns yes or no, the others a text. */
export type AwardValue = string | boolean | readonly string[];

/** What is known of one award, by the names of our columns: of a row of a file, of an entry of a host. Absent or empty leaves it out. */
export type AwardValues = ReadonlyMap<string, AwardValue>;

type Tree = { [name: string]: unknown };

/** Puts values where a credential has them. Not yet validated: core's `validate` tells whether it is a credential. */
export function credentialOfValues(
  type: CredentialType,
  columns: readonly FieldColumn[],
  values: AwardValues,
): Readonly<Record<string, unknown>> {
  // An English credential always has this object; its members are optional (docs: "English proficiency field descriptions").
  const fields: Tree = type === 'english_proficiency' ? { test_scores: { cefr_scores: {} } } : {};
  for (const { name } of columns) {
    const value = values.get(name);
    if (value !== undefined && value !== '') place(fields, name.split('.'), value);
  }
  if (type === 'education' && !('conferral_year' in fields)) fields['conferral_year'] = null;
  return { credential_type: type, fields, ...attachments(values) };
}

/** The person of these values. Not yet checked. */
export function recipientOfValues(values: AwardValues): Recipient {
  const [locale, subject] = [textOf(values, 'locale'), textOf(values, 'subject')];
  const [emailVerified, minor] = [values.get('email_verified'), values.get('minor')];
  const facts = [...values.keys()]
    .filter((name) => name.startsWith(knownFactsPrefix) && textOf(values, name) !== '')
    .map((name) => [name.slice(knownFactsPrefix.length), textOf(values, name)] as const);
  return {
    fullName: textOf(values, 'full_name'),
    email: textOf(values, 'email'),
    ...(locale === '' ? {} : { locale }),
    ...(subject === '' ? {} : { subject }),
    ...(facts.length === 0 ? {} : { knownFacts: Object.fromEntries(facts) }),
    ...(typeof emailVerified === 'boolean' ? { emailVerified } : {}),
    ...(typeof minor === 'boolean' ? { minor } : {}),
  };
}

function attachments(values: AwardValues): Tree {
  const parts: Tree = {};
  const [type, value] = [textOf(values, 'document_type'), textOf(values, 'document')];
  if (value !== '' || (type !== '' && type !== 'none')) parts['document'] = { type, value };
  const chain = values.get('partner_chain');
  if (Array.isArray(chain) && chain.length > 0) parts['partner_chain'] = chain.map((name) => ({ name }));
  return parts;
}

function textOf(values: AwardValues, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}

function place(tree: Tree, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const below = (tree[name] ??= {});
  place(below as Tree, rest, value);
}
