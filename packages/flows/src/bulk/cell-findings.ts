import type { FileColumns } from './file-columns.ts';
import type { Finding } from './finding.ts';
import type { CellTrouble } from './sheet.ts';

/** Columns of ids, by our names: a lost leading zero makes another award or another person of them. */
const isId = (name: string): boolean => /^(key|subject|known_facts\..+)$/.test(name);

const said: Readonly<Record<CellTrouble['code'], Omit<Finding, 'field'>>> = {
  formula_cell: {
    severity: 'problem',
    code: 'formula_cell',
    message: 'The cell is a formula',
    remedy: 'Copy the column and paste it as values only.',
  },
  error_cell: {
    severity: 'problem',
    code: 'error_cell',
    message: 'The cell holds an error of Excel',
    remedy: 'Correct it in the workbook.',
  },
  long_number: {
    severity: 'problem',
    code: 'long_number',
    message: 'The cell holds a number with more digits than Excel keeps',
    remedy: 'Format the column as text and enter the value again.',
  },
  number_cell: {
    severity: 'warning',
    code: 'number_cell',
    message: 'The cell holds a number, so leading zeros may be lost',
    remedy: 'Format the column as text, and check that the values are complete.',
  },
  date_cell: {
    severity: 'problem',
    code: 'date_cell',
    message: 'The cell holds a date, as which Excel has read something else',
    remedy: 'Format the column as text and enter the values again.',
  },
  hidden_row: {
    severity: 'problem',
    code: 'hidden_row',
    message: 'The row is hidden, by a filter or by hand',
    remedy: 'Show it, or copy the rows you mean into a new sheet.',
  },
};

/** Everywhere else a number or a date is what it should be. */
const onlyInIds: ReadonlySet<CellTrouble['code']> = new Set(['number_cell', 'date_cell']);

/** What the troubles of a row's cells mean for the columns that are used. */
export function cellFindings({ sources }: FileColumns, troubles: readonly CellTrouble[]): Finding[] {
  return troubles.flatMap(({ code, at }): Finding[] => {
    const finding = said[code];
    if (at === undefined) return [{ ...finding, field: '' }];
    const name = [...sources].find(([, source]) => 'at' in source && source.at.includes(at))?.[0];
    if (name === undefined || (onlyInIds.has(code) && !isId(name))) return [];
    return [{ ...finding, field: name }];
  });
}
