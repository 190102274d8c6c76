import type { Mapping, MappingFinding, MappingSource, MappingTarget } from '../../../contract/mapping.ts';
import { isTimeZone } from './convert-value.ts';
import { targetOf, targetsOf } from './mapping-targets.ts';
import { judgeEntry, type JudgingContext } from './read-entry.ts';
import { readValues, refusal, unfitInTemplate, unfitSource } from './read-values.ts';
import type { SiteSchemas } from './site-schemas.ts';
import { findSource, isMappable } from './source-fields.ts';
import { parseTemplate } from './template.ts';

/** Everything that can be said about a mapping without an entry. A mapping with an error is not saved. */
export function checkMapping(
  schemas: SiteSchemas,
  mapping: Mapping,
  context: JudgingContext,
): MappingFinding[] {
  const { contentType, credentialType, targets, timeZone } = mapping;
  if (schemas.contentType(contentType) === undefined) {
    return [error('contentType', `There is no content type ${contentType}`, 'Choose another one.')];
  }
  if (!isMappable(contentType)) {
    return [
      error('contentType', `${contentType} belongs to Strapi itself`, 'Choose a content type of your site.'),
    ];
  }
  const known = targetsOf(credentialType);
  if (known.length === 0) {
    return [
      error(
        'credentialType',
        `A ${credentialType} credential consists of records, which one entry does not hold`,
        'Choose another type, or issue it over the API or a file.',
      ),
    ];
  }
  const findings = Object.entries(targets).flatMap(([name, source]) =>
    sourceFindings(schemas, mapping, name, source),
  );
  for (const { name, required } of known) {
    if (required && !Object.hasOwn(targets, name)) {
      findings.push(error(name, `${name} is needed`, 'Say where it comes from.'));
    }
  }
  if ('document_type' in targets && !('document' in targets)) {
    findings.push(
      error(
        'document_type',
        'There is no document',
        'Say where the document comes from, or leave its type out.',
      ),
    );
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    findings.push(error('timeZone', 'There is no such time zone', 'Write it like Australia/Sydney.'));
  }
  return [...findings, ...textFindings(schemas, mapping, context, findings)];
}

function sourceFindings(
  schemas: SiteSchemas,
  mapping: Mapping,
  name: string,
  source: MappingSource,
): MappingFinding[] {
  const target = targetOf(mapping.credentialType, name);
  if (target === undefined) {
    return [
      error(name, `A ${mapping.credentialType} credential has no ${name}`, 'Take it out of the mapping.'),
    ];
  }
  if ('text' in source) return choiceFindings(target, source.text);
  if ('field' in source) return fieldFindings(schemas, mapping, target, source.field);
  const parts = parseTemplate(source.template);
  if (typeof parts === 'string') return [refusal(name, parts)];
  if (target.kind === 'user' || target.kind === 'boolean') {
    return [error(name, 'A template makes a text, which says nothing here', 'Choose a field.')];
  }
  return parts.flatMap((part): MappingFinding[] => {
    if ('text' in part) return [];
    const found = findSource(schemas, mapping.contentType, part.field);
    if ('refused' in found) return [refusal(name, found.refused)];
    const unfit = unfitInTemplate(name, found.field);
    return unfit === undefined ? momentFindings(mapping, name, found.field) : [unfit];
  });
}

function fieldFindings(
  schemas: SiteSchemas,
  mapping: Mapping,
  target: MappingTarget,
  path: string,
): MappingFinding[] {
  const found = findSource(schemas, mapping.contentType, path);
  if ('refused' in found) return [refusal(target.name, found.refused)];
  const unfit = unfitSource(target, found.field);
  if (unfit !== undefined) return [unfit];
  const several: MappingFinding[] =
    found.field.many && target.kind !== 'list'
      ? [
          {
            target: target.name,
            severity: 'warning',
            message: `${path} can have several values, and only one fits here`,
            remedy: 'Entries with more than one cannot be issued.',
          },
        ]
      : [];
  return [...several, ...momentFindings(mapping, target.name, found.field)];
}

function momentFindings(
  { timeZone }: Mapping,
  name: string,
  { path, kind }: { path: string; kind: string },
): MappingFinding[] {
  if (kind !== 'moment' || timeZone !== undefined) return [];
  return [
    error(
      name,
      `${path} has a time, and its day depends on where one is`,
      'Choose the time zone of the mapping.',
    ),
  ];
}

function choiceFindings({ name, choices }: MappingTarget, text: string): MappingFinding[] {
  if (choices === undefined || choices.includes(text)) return [];
  return [error(name, `${name} is not an allowed value`, `Use one of: ${choices.join(', ')}.`)];
}

/** What is wrong with the texts that every entry gets: judged as in an award that has nothing else. */
function textFindings(
  schemas: SiteSchemas,
  mapping: Mapping,
  context: JudgingContext,
  said: readonly MappingFinding[],
): MappingFinding[] {
  const texts = Object.entries(mapping.targets).filter(
    ([name, source]) =>
      'text' in source && targetOf(mapping.credentialType, name) !== undefined && name !== 'document_type',
  );
  const targets = Object.fromEntries(texts);
  const alone = { ...mapping, targets };
  const { findings } = judgeEntry(
    alone,
    { documentId: 'any' },
    readValues(schemas, alone, {}),
    undefined,
    context,
  );
  return findings.filter(
    ({ target }) => Object.hasOwn(targets, target) && !said.some((finding) => finding.target === target),
  );
}

function error(target: string, message: string, remedy: string): MappingFinding {
  return { target, severity: 'error', message, remedy };
}
