import { type Credential, credentialDefinitions, lint } from '@seek-pass-kit/core';
import {
  type AwardInput,
  type AwardProblem,
  checkInput,
  type DocumentSettings,
  latestToday,
} from '@seek-pass-kit/flows';
import { columnOfPath, credentialOfValues, fieldColumns, recipientOfValues } from '@seek-pass-kit/flows/bulk';
import type { Mapping, MappingFinding } from '../../../contract/mapping.ts';
import type { Entry } from '../permissions/readable-entry.ts';
import { documentTypeByEnding, type EntryDocument } from './entry-document.ts';
import { entryKey } from './entry-key.ts';
import { targetsOf } from './mapping-targets.ts';
import type { ReadValues } from './read-values.ts';
import type { SiteSchemas } from './site-schemas.ts';

/** What is needed to judge an entry, besides the entry. */
export interface JudgingContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How files get to SEEK Pass; absent: they are not taken. */
  readonly documents?: DocumentSettings | undefined;
}

/** What an entry comes to, and what there is to say about it. */
export interface JudgedEntry {
  readonly key: string;
  /** In the shape of an award, right or not. */
  readonly award: AwardInput;
  readonly findings: readonly MappingFinding[];
}

/** Makes an award of the values of an entry and checks it as issuing does. Pure, and it never throws. */
export function judgeEntry(
  mapping: Mapping,
  entry: Pick<Entry, 'documentId'>,
  read: ReadValues,
  document: EntryDocument | undefined,
  { now, documents }: JudgingContext,
): JudgedEntry {
  const type = mapping.credentialType;
  const columns = fieldColumns[type] ?? [];
  const key = entryKey(mapping, entry);
  const findings = [...read.findings];
  const values = withDocument(mapping, read, document, findings);
  const award: AwardInput = {
    key,
    recipient: recipientOfValues(values),
    credential: credentialOfValues(type, columns, values) as unknown as Credential,
    ...(document !== undefined && 'file' in document ? { file: document.file } : {}),
  };
  // What is said already needs no second sentence: the target that could not be read, the one that is empty.
  const said = new Set(findings.map(({ target }) => target));
  for (const { name, required } of targetsOf(type)) {
    if (!required || said.has(name) || isFilled(values.get(name))) continue;
    said.add(name);
    findings.push(missing(name, read.empty.get(name)));
  }
  const checked = checkInput(award, now, documents);
  for (const problem of checked.ok ? [] : checked.problems) {
    const target = targetOfPath(problem.path, mapping);
    if (said.has(target) && !isFilled(values.get(target))) continue;
    const finding = asFinding(target, problem);
    if (!findings.some((other) => other.target === target && other.message === finding.message))
      findings.push(finding);
  }
  if (checked.ok) {
    for (const { severity, path, message, remedy } of lint(award.credential, { today: latestToday(now) })) {
      findings.push({ target: targetOfPath(`credential.${path}`, mapping), severity, message, remedy });
    }
  }
  return { key, award, findings };
}

/** Only what was published is issued: of a content type with drafts, the entry must be its published version. */
export function draftFindings(
  schemas: SiteSchemas,
  { contentType }: Mapping,
  entry: Entry,
): MappingFinding[] {
  const hasDrafts = schemas.contentType(contentType)?.options?.draftAndPublish === true;
  if (!hasDrafts || (entry['publishedAt'] ?? null) !== null) return [];
  return [{ target: '', severity: 'error', message: 'The entry is a draft', remedy: 'Publish it first.' }];
}

/** The values with the document among them, and which type it is. */
function withDocument(
  { credentialType, targets }: Mapping,
  { values: read }: ReadValues,
  document: EntryDocument | undefined,
  findings: MappingFinding[],
): ReadValues['values'] {
  const values = new Map(read);
  if (document !== undefined && 'finding' in document) findings.push(document.finding);
  if (document !== undefined && 'url' in document) values.set('document', document.url);
  const address = values.get('document');
  if (typeof address !== 'string') {
    // A type without a document says nothing; a file that is handed over has its own.
    values.delete('document_type');
    return values;
  }
  if (values.has('document_type')) return values;
  const [only, ...others] = credentialDefinitions[credentialType].documents;
  const type =
    (document !== undefined && 'url' in document ? document.type : undefined) ??
    documentTypeByEnding(credentialType, address) ??
    (others.length === 0 ? only : undefined);
  if (type !== undefined) values.set('document_type', type);
  else if ('document' in targets) {
    values.delete('document');
    findings.push({
      target: 'document',
      severity: 'error',
      message: 'document has an address that does not end like a file that this credential takes',
      remedy: 'Say in the mapping which type it is.',
    });
  }
  return values;
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function missing(target: string, because: string | undefined): MappingFinding {
  return because === undefined
    ? {
        target,
        severity: 'error',
        message: `${target} is missing`,
        remedy: 'Say in the mapping where it comes from.',
      }
    : {
        target,
        severity: 'error',
        message: `${target} has no value: ${because}`,
        remedy: 'Fill it in and publish the entry.',
      };
}

/** The names of our targets for the members of a recipient. */
const targetOfMember: Readonly<Record<string, string>> = {
  fullName: 'full_name',
  emailVerified: 'email_verified',
  knownFacts: 'known_facts',
  subject: 'user',
};

/** The target that a path of an award is about; empty when it is about the whole. */
function targetOfPath(path: string, { credentialType }: Mapping): string {
  const [first = '', second = '', ...rest] = path.split('.');
  if (first === 'recipient') return [targetOfMember[second] ?? second, ...rest].join('.');
  if (first === 'file') return 'document';
  if (first !== 'credential') return '';
  return columnOfPath({ fields: fieldColumns[credentialType] ?? [] }, path.replace(/^credential\./, ''));
}

function asFinding(target: string, { path, message, remedy }: AwardProblem): MappingFinding {
  const needsName = path.startsWith('recipient') || path === 'key' || path.startsWith('file');
  const name = path === 'key' ? 'The key of the award' : target;
  return { target, severity: 'error', message: needsName ? `${name} ${message}` : message, remedy };
}
