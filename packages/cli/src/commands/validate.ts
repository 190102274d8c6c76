import type { CredentialType } from '@seek-pass-kit/core';
import type { Command } from 'commander';
import { today } from '../command-context.ts';
import type { CommandContext } from '../command-context.ts';
import { checkCsvRows } from '../csv/check-rows.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { blocks } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { checkPayloads } from '../payloads.ts';
import { formatOf, readBytes, readJsonFile } from '../source-file.ts';
import { humanReport, jsonReport } from '../validation-report.ts';
import type { Place } from '../validation-report.ts';
import { credentialTypeOption, delimiterOption } from './credential-type-option.ts';
import { groups } from './groups.ts';

interface ValidateOptions {
  readonly type?: CredentialType;
  readonly delimiter: string;
  readonly json?: true;
}

/** `seek-pass validate`: says what is wrong with a file; sends nothing. */
export function addValidateCommand(
  program: Command,
  context: CommandContext,
  end: (code: ExitCode) => void,
): void {
  program
    .command('validate')
    .helpGroup(groups.check)
    .summary('say what is wrong with a CSV or JSON file; sends nothing')
    .description(
      'Checks every credential in a file against the schemas of SEEK Pass and says what is wrong, where, and how to mend it. Sends nothing and needs no settings.',
    )
    .argument('<file>', 'a .csv file with one learner a row, or a .json file with one payload or a list of them')
    .addOption(credentialTypeOption())
    .addOption(delimiterOption())
    .option('--json', 'print one JSON document, also when there are problems')
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing keeps a credential from being sent, 1 something does, 2 the file cannot be checked.

Examples:
  seek-pass validate learners.csv
  seek-pass validate graduates.csv --type education --delimiter ';'
  seek-pass validate payload.json --json`,
    )
    .action(async (file: string, options: ValidateOptions) => end(await validateFile(file, options, context)));
}

async function validateFile(
  file: string,
  options: ValidateOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const format = formatOf(file);
  const places = format === 'csv' ? csvPlaces(file, options, context) : jsonPlaces(file, context);
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

async function* csvPlaces(
  file: string,
  options: ValidateOptions,
  context: CommandContext,
): AsyncGenerator<CheckedPlace> {
  const { type, delimiter } = options;
  for await (const { row, findings } of checkCsvRows(readBytes(file), { type, delimiter, today: today(context) })) {
    yield { place: { row }, findings };
  }
}

async function* jsonPlaces(file: string, context: CommandContext): AsyncGenerator<CheckedPlace> {
  for (const { payload, findings } of checkPayloads(await readJsonFile(file), today(context))) {
    yield { place: { payload }, findings };
  }
}
