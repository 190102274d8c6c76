import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { awardColumns } from '../../src/bulk/columns.ts';
import { dateFormats } from '../../src/bulk/date-format.ts';
import { guessColumns } from '../../src/bulk/guess-mapping.ts';
import { columnsByMapping } from '../../src/bulk/file-columns.ts';
import { mappingFromYaml } from '../../src/bulk/mapping-text.ts';
import { resultTitles } from '../../src/bulk/results-csv.ts';
import { countResults } from '../../src/bulk/row-outcome.ts';

const page = await readFile(new URL('../../../../apps/docs/docs/flows/bulk.md', import.meta.url), 'utf8');
const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];

test('the mapping on the page is one, and is what a guess would be', () => {
  const mapping = mappingFromYaml(yaml);
  const titles = ['Certificate number', 'Given name', 'Family name', 'E-mail', 'Course', 'Issued on'];
  expect(columnsByMapping(titles, mapping, ['key', 'email']).unused).toEqual([]);
  const { issuer_name: _, ...guessed } = mapping.columns;
  expect(guessColumns(titles, 'microcredential').mapping.columns).toEqual(guessed);
});

test('the page names every column, date format, result and title of the results', () => {
  const words = [...awardColumns, ...dateFormats, ...resultTitles, ...Object.keys(countResults().counts)];
  for (const word of words) expect(page).toContain(`\`${word}\``);
});
