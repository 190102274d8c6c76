import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type Credential,
  credentialDefinitions,
  credentialTypes,
  toWire,
  validate,
} from '../../src/credentials/index.ts';

/** The pages are true: their payloads are checked, their results are written by `UPDATE_DOCS=1 vitest run test/credentials/pages.test.ts`. */
describe.each(credentialTypes)('the page of %s', (type) => {
  const file = new URL(
    `../../../../apps/docs/docs/credentials/${type.replaceAll('_', '-')}.md`,
    import.meta.url,
  );
  const page = readFileSync(file, 'utf8');

  const payload = (title: string): Credential => {
    const json = new RegExp(`\`\`\`json title="${title}"\n(.*?)\n\`\`\``, 's').exec(page)?.[1];
    return JSON.parse(json ?? '') as Credential;
  };

  test('lists every field, and no other', () => {
    const [table = ''] = page.split('## Document');
    const listed = [...table.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, name]) => name);
    expect(listed).toEqual(fieldPaths(credentialDefinitions[type].fields));
  });

  test('shows what is sent, and what is wrong', () => {
    const [, id = '', version] =
      /toWire\(credential, \{ id: '([a-z0-9-]+)'(?:, version: '(v[12])')? \}\)/.exec(page) ?? [];
    const { body } = toWire(payload('Valid'), { id, version: version === 'v2' ? 'v2' : undefined });
    const { problems } = validate(payload('Refused'));
    const rows = problems.map(
      ({ path, code, message, remedy }) => `| \`${path}\` | \`${code}\` | ${message} | ${remedy} |`,
    );
    const written = fill(
      fill(page, 'sent', `\`\`\`json title="Sent"\n${JSON.stringify(body, undefined, 2)}\n\`\`\``),
      'problems',
      ['| Path | Code | Message | Remedy |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    );
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, written);
    else expect(page).toBe(written);
    expect(problems.length).toBeGreaterThan(1);
  });
});

/** Puts `text` between the mark of this name and the next heading. */
function fill(page: string, mark: string, text: string): string {
  return page.replace(
    new RegExp(`(<!-- ${mark}: [^\n]*-->\n).*?(?=\n## )`, 's'),
    (_all, start: string) => `${start}\n${text}\n`,
  );
}

/** The paths of all fields, lists left out of them. */
function fieldPaths(schema: z.core.$ZodType, at = ''): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return fieldPaths(schema.unwrap(), at);
  if (schema instanceof z.ZodArray) return fieldPaths(schema.element, at);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, inner]) => [
    at + name,
    ...fieldPaths(inner, `${at}${name}.`),
  ]);
}
