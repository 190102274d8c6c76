import type { AwardProblem } from '../awards/award-problem.ts';
import type { AwardResult } from '../awards/award-result.ts';
import type { FileColumns } from './file-columns.ts';
import { titleOf } from './file-columns.ts';
import type { Finding } from './finding.ts';
import { columnOfPath } from './row-to-credential.ts';

/** What a row came to, or in a dry run would come to. */
export interface RowOutcome {
  /** As a spreadsheet counts; the header is row 1. */
  readonly row: number;
  readonly key: string;
  readonly result: AwardResult['result'];
  /** Absent in a dry run, and when the row was refused. */
  readonly awardId?: string;
  readonly version?: number;
  /** Why it was refused, and what a person should look at. */
  readonly findings: readonly Finding[];
}

/** How many rows came to what. */
export type ResultCounts = Readonly<Record<AwardResult['result'], number>>;

/** Counts results. */
export function countResults(): {
  readonly counts: ResultCounts;
  readonly add: (result: AwardResult['result']) => void;
} {
  const counts = {
    created: 0,
    unchanged: 0,
    replaces: 0,
    'adds-a-second': 0,
    undocumented: 0,
    refused: 0,
  };
  return { counts, add: (result) => (counts[result] += 1) };
}

/** What of the columns of a file names its findings. */
export type TitledColumns = Pick<FileColumns, 'sources' | 'titles' | 'fields'>;

/** Why an award was refused, in the columns of the file. */
export function problemFindings(columns: TitledColumns, problems: readonly AwardProblem[]): Finding[] {
  return problems.map(({ path, code, message, remedy }) => {
    const name = columnOfAward(columns, path);
    return {
      severity: 'problem',
      field: titleOf(columns, name),
      code,
      message: `${name} ${message}`,
      remedy,
    };
  });
}

function columnOfAward(columns: TitledColumns, path: string): string {
  if (path === 'recipient') return 'email';
  if (path.startsWith('recipient.')) return path.slice('recipient.'.length);
  if (path === 'file') return 'document';
  if (path === 'file.type') return 'document_type';
  if (path === 'credential.credential_type') return 'credential_type';
  return columnOfPath(columns, path.replace(/^credential\./, ''));
}

/** What a corrected award does in the wallet of somebody who has the earlier version. */
export function updateFindings(result: AwardResult['result']): Finding[] {
  switch (result) {
    case 'replaces':
      return [
        {
          severity: 'info',
          field: '',
          code: 'replaces',
          message: 'The row corrects an award: a wallet that has the earlier one will have this in its place',
          remedy: 'Check that the correction is meant.',
        },
      ];
    case 'adds-a-second':
      return [
        {
          severity: 'warning',
          field: '',
          code: 'adds_a_second',
          message:
            'The row corrects a field by which SEEK Pass tells credentials apart: a wallet that has the earlier one will have both',
          remedy: 'Ask the learner to delete the earlier one.',
        },
      ];
    case 'undocumented':
      return [
        {
          severity: 'warning',
          field: '',
          code: 'undocumented_update',
          message:
            'The row corrects an award of a type for which SEEK Pass does not document what an update does',
          remedy: 'Try it with one learner first.',
        },
      ];
    case 'created':
    case 'unchanged':
    case 'refused':
      return [];
  }
}
