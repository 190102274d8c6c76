import { type AwardValue, listSeparator } from '@seek-pass-kit/flows/bulk';
import type {
  Mapping,
  MappingFinding,
  MappingSource,
  MappingTarget,
  SourceField,
} from '../../../contract/mapping.ts';
import { convertValue, textOf } from './convert-value.ts';
import { targetOf } from './mapping-targets.ts';
import type { SiteSchemas } from './site-schemas.ts';
import { findSource } from './source-fields.ts';
import { subjectOfUser } from './subject-of-user.ts';
import { parseTemplate } from './template.ts';

/** What a mapping takes from an entry. */
export interface ReadValues {
  /** By the names of flows' columns: the target `user` is `subject` here. */
  readonly values: Map<string, AwardValue>;
  /** Why a target that has a source holds nothing, as an end of a sentence: `learner is empty`. */
  readonly empty: ReadonlyMap<string, string>;
  /** The file of the media library that is the document. */
  readonly media?: unknown;
  readonly findings: readonly MappingFinding[];
}

type Gathered = { -readonly [Part in keyof ReadValues]: ReadValues[Part] } & {
  readonly empty: Map<string, string>;
  readonly findings: MappingFinding[];
};

/**
 * Takes the values of all targets from an entry. Pure, and it never throws, whatever the entry holds. What of it may be used is asked anew,
 * for the schemas of now (security rule 24).
 */
export function readValues(
  schemas: SiteSchemas,
  mapping: Mapping,
  entry: Readonly<Record<string, unknown>>,
): ReadValues {
  const gathered: Gathered = { values: new Map(), empty: new Map(), findings: [] };
  for (const [name, source] of Object.entries(mapping.targets)) {
    const target = targetOf(mapping.credentialType, name);
    if (target === undefined) {
      gathered.findings.push(
        error(
          name,
          `${name} is no field of a ${mapping.credentialType} credential`,
          'Take it out of the mapping.',
        ),
      );
    } else {
      readTarget(schemas, mapping, entry, target, source, gathered);
    }
  }
  return gathered;
}

function readTarget(
  schemas: SiteSchemas,
  mapping: Mapping,
  entry: Readonly<Record<string, unknown>>,
  target: MappingTarget,
  source: MappingSource,
  gathered: Gathered,
): void {
  const { name } = target;
  if ('text' in source) {
    takeText(source.text, mapping, target, gathered);
    return;
  }
  if ('template' in source) {
    takeTemplate(schemas, mapping, entry, target, source.template, gathered);
    return;
  }
  const found = findSource(schemas, mapping.contentType, source.field);
  if ('refused' in found) {
    gathered.findings.push(refusal(name, found.refused));
    return;
  }
  const { field } = found;
  const unfit = unfitSource(target, field);
  if (unfit !== undefined) {
    gathered.findings.push(unfit);
    return;
  }
  const { values, because } = lookUp(entry, field);
  const [first] = values;
  if (first === undefined) {
    gathered.empty.set(name, because);
  } else if (values.length > 1 && target.kind !== 'list') {
    gathered.findings.push(several(name, field.path, values.length));
  } else if (target.kind === 'user') {
    const subject = subjectOfUser(first);
    if (subject === undefined) gathered.empty.set(name, `${field.path} is empty`);
    else gathered.values.set('subject', subject);
  } else if (field.kind === 'media') {
    gathered.media = first;
  } else {
    takeValues(values, field, mapping, target, gathered);
  }
}

/** Says when a field can never fill a target. Also asked when a mapping is checked without an entry. */
export function unfitSource({ name, kind }: MappingTarget, field: SourceField): MappingFinding | undefined {
  if ((kind === 'user') !== (field.kind === 'user')) {
    return kind === 'user'
      ? error(
          name,
          `${field.path} does not lead to a user of the site`,
          'Choose a relation to a user of the site.',
        )
      : error(
          name,
          `${field.path} leads to a user of the site`,
          'Use it for the user only: nothing else is taken from accounts.',
        );
  }
  if (field.kind === 'media' && kind !== 'document') {
    return error(name, `${field.path} is a file`, 'Use it for the document, or choose another field.');
  }
  if (field.kind === 'boolean' && kind !== 'boolean') {
    return error(name, `${field.path} is yes or no, which says nothing here`, 'Choose another field.');
  }
  if (kind === 'boolean' && field.kind !== 'boolean' && field.kind !== 'text') {
    return error(name, `${field.path} is not yes or no`, 'Choose a yes-or-no field.');
  }
  if (kind === 'date' && field.kind === 'number') {
    return error(name, `${field.path} is a number`, 'Choose a date field.');
  }
  return undefined;
}

function takeValues(
  values: readonly unknown[],
  { path, kind }: SourceField,
  mapping: Mapping,
  target: MappingTarget,
  { values: taken, empty, findings }: Gathered,
): void {
  const list: string[] = [];
  for (const value of values) {
    const converted = convertValue(value, kind, target.kind, mapping);
    if ('wrong' in converted) {
      findings.push(error(target.name, `${path} ${converted.wrong}`, converted.remedy));
      return;
    }
    if (Array.isArray(converted.value)) list.push(...converted.value.filter((one: string) => one !== ''));
    else if (converted.value === '') empty.set(target.name, `${path} is empty`);
    else taken.set(target.name, converted.value);
  }
  if (target.kind !== 'list') return;
  if (list.length === 0) empty.set(target.name, `${path} is empty`);
  else taken.set(target.name, list);
}

function takeText(
  text: string,
  mapping: Mapping,
  target: MappingTarget,
  { values, findings }: Gathered,
): void {
  if (target.kind === 'list') {
    const list = text.split(listSeparator).map((one) => one.trim());
    values.set(
      target.name,
      list.filter((one) => one !== ''),
    );
    return;
  }
  if (target.kind === 'user') {
    findings.push(
      error(target.name, 'A text names no user of the site', 'Choose a relation to a user of the site.'),
    );
    return;
  }
  const converted = convertValue(text, 'text', target.kind, { ...mapping, dateFormat: 'YYYY-MM-DD' });
  if ('wrong' in converted)
    findings.push(error(target.name, `The text ${converted.wrong}`, converted.remedy));
  else values.set(target.name, converted.value);
}

function takeTemplate(
  schemas: SiteSchemas,
  mapping: Mapping,
  entry: Readonly<Record<string, unknown>>,
  target: MappingTarget,
  template: string,
  gathered: Gathered,
): void {
  const { name } = target;
  const parts = parseTemplate(template);
  if (typeof parts === 'string') {
    gathered.findings.push(refusal(name, parts));
    return;
  }
  if (target.kind === 'user' || target.kind === 'boolean') {
    gathered.findings.push(
      error(name, 'A template makes a text, which says nothing here', 'Choose a field.'),
    );
    return;
  }
  let text = '';
  const gaps = new Set<string>();
  let filled = false;
  for (const part of parts) {
    if ('text' in part) {
      text += part.text;
      continue;
    }
    const piece = templatePiece(schemas, mapping, entry, target, part.field);
    if ('target' in piece) {
      gathered.findings.push(piece);
      return;
    }
    if ('because' in piece) gaps.add(piece.because);
    else {
      filled = true;
      text += piece.text;
    }
  }
  const because = [...gaps].join(', and ');
  if (because !== '' && !filled) gathered.empty.set(name, because);
  else if (because !== '') {
    gathered.findings.push(
      error(name, `The text would have a gap: ${because}`, 'Fill it in and publish, or change the template.'),
    );
  } else if (target.kind === 'list') gathered.values.set(name, [text]);
  else takeText(text, mapping, target, gathered);
}

/** What stands in the place of a field in a template, or why the entry has nothing there. */
function templatePiece(
  schemas: SiteSchemas,
  mapping: Mapping,
  entry: Readonly<Record<string, unknown>>,
  { name }: MappingTarget,
  path: string,
): { readonly text: string } | { readonly because: string } | MappingFinding {
  const found = findSource(schemas, mapping.contentType, path);
  if ('refused' in found) return refusal(name, found.refused);
  const unfit = unfitInTemplate(name, found.field);
  if (unfit !== undefined) return unfit;
  const { values, because } = lookUp(entry, found.field);
  if (values.length > 1) return several(name, path, values.length);
  if (values.length === 0) return { because };
  const text = textOf(values[0], found.field.kind, mapping);
  if (typeof text !== 'string') return error(name, `${path} ${text.wrong}`, text.remedy);
  return text === '' ? { because: `${path} is empty` } : { text };
}

/** Says when a field can never stand in a template. */
export function unfitInTemplate(target: string, { path, kind }: SourceField): MappingFinding | undefined {
  if (kind !== 'media' && kind !== 'user' && kind !== 'boolean') return undefined;
  const what = { media: 'is a file', user: 'leads to a user of the site', boolean: 'is yes or no' }[kind];
  return error(target, `${path} ${what}, which is no text`, 'Use another field in the template.');
}

/** The values that an entry has at a path, without empty ones; `because` says why there are none. */
function lookUp(
  entry: Readonly<Record<string, unknown>>,
  { path }: SourceField,
): { readonly values: readonly unknown[]; readonly because: string } {
  const [first = '', second] = path.split('.');
  const outer = listOf(ownValue(entry, first));
  if (second === undefined) return { values: outer, because: `${path} is empty` };
  if (outer.length === 0)
    return { values: [], because: `${first} is empty, or what it leads to is not published` };
  const values = outer.flatMap((one) => listOf(ownValue(one, second)));
  return { values, because: `${path} is empty` };
}

function ownValue(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name)
    ? (holder as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => one !== null && one !== undefined && one !== '');
}

function several(target: string, path: string, count: number): MappingFinding {
  return error(
    target,
    `${path} has ${count} values, and only one fits here`,
    'Leave one of them, or choose another field.',
  );
}

/** A finding made of whole sentences: `There is no field x: choose another.` */
export function refusal(target: string, sentence: string): MappingFinding {
  const [message = sentence, ...rest] = sentence.split(': ');
  const remedy = rest.join(': ');
  return error(target, message.replace(/\.$/, ''), remedy === '' ? 'Choose another field.' : capital(remedy));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function error(target: string, message: string, remedy: string): MappingFinding {
  return { target, severity: 'error', message, remedy };
}
