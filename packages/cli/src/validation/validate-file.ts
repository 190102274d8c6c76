import { blocks, checkRows } from '@seek-pass-kit/flows/bulk';
import type { Finding } from '@seek-pass-kit/flows/bulk';
import { today } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { rowsFile, type RowsFileOptions } from '../rows-file.ts';
import { formatOf, readJsonFile } from '../source-file.ts';
import { checkPayloads } from './payloads.ts';
import { humanReport, jsonReport } from './validation-report.ts';
import type { Place } from './validation-report.ts';

/** Options of `seek-pass validate`. */
export interface ValidateOptions extends RowsFileOptions {
  readonly json?: true;
}

/** Checks a file and prints what was found. Throws `CommandError` when it cannot be read to its end. */
export async function validateFile(
  file: string,
  options: ValidateOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const format = formatOf(file);
  const places = format === 'rows' ? rowPlaces(file, options, context) : jsonPlaces(file, context);
  const make = options.json === true ? jsonReport : humanReport;
  const report = make(context.terminal, { file, format });
  let checked = 0;
  let blocked = 0;
  try {
    for await (const { place, findings } of places) {
      checked += 1;
      if (findings.some(blocks)) blocked += 1;
      if (findings.length > 0) report.add(place, findings);
    }
  } catch (error) {
    report.abandon();
    throw error;
  }
  report.end({ checked, blocked });
  return blocked > 0 ? exitCodes.problemsFound : exitCodes.ok;
}

interface CheckedPlace {
  readonly place: Place;
  readonly findings: readonly Finding[];
}

async function* rowPlaces(
  path: string,
  options: ValidateOptions,
  context: CommandContext,
): AsyncGenerator<CheckedPlace> {
  const file = await rowsFile(path, options);
  for await (const { row, findings } of checkRows(file.open(), { ...file, today: today(context) })) {
    yield { place: { row }, findings };
  }
}

async function* jsonPlaces(file: string, context: CommandContext): AsyncGenerator<CheckedPlace> {
  for (const { payload, findings } of checkPayloads(await readJsonFile(file), today(context))) {
    yield { place: { payload }, findings };
  }
}
