import { InvalidArgumentError, Option } from 'commander';
import type { CredentialType } from '@seek-pass-kit/core';
import type { ErasureReason, HoldReason, LegalBasis, WithdrawalReason } from '@seek-pass-kit/flows';

/*
 * Lists that the libraries have too: they stand here once more, so that the help does not load the libraries.
 */

/** Credential types that fit into a CSV file. */
export const csvTypes: readonly CredentialType[] = [
  'education',
  'english_proficiency',
  'microcredential',
  'digital_identity',
  'right_to_work',
  'universal_credential',
];

/** Reasons of a withdrawal. */
export const withdrawalReasons: readonly WithdrawalReason[] = [
  'issued_in_error',
  'wrong_recipient',
  'wrong_content',
  'revoked',
  'asked_by_learner',
  'other',
];

/** Reasons of an erasure. */
export const erasureReasons: readonly ErasureReason[] = [
  'asked_by_person',
  'no_longer_needed',
  'issued_in_error',
  'legal_obligation',
  'other',
];

/** Legal bases for destroying what awards hold. */
export const legalBases: readonly LegalBasis[] = [
  'no_longer_needed',
  'consent_withdrawn',
  'objection_upheld',
  'unlawfully_processed',
  'legal_obligation',
  'order_of_authority',
];

/** Reasons of a hold. */
export const holdReasons: readonly HoldReason[] = [
  'legal_claim',
  'investigation',
  'audit',
  'dispute',
  'other',
];

/** The option `--config`. */
export function configOption(): Option {
  return new Option(
    '--config <file>',
    'the settings (default: seek-pass.config.yaml of this folder, else the trial of this folder)',
  );
}

/** The option `--type`. */
export function credentialTypeOption(): Option {
  return new Option(
    '--type <type>',
    'credential type of a CSV file that has no column credential_type',
  ).choices(csvTypes);
}

/** The option `--delimiter`. */
export function delimiterOption(): Option {
  return new Option(
    '--delimiter <text>',
    'what stands between two values of a CSV file; "tab" for a tab (default: as the header has it)',
  ).argParser((text) => (text === 'tab' ? '\t' : text));
}

/** The options that say how a file of rows is read. */
export function rowsFileOptions(): Option[] {
  return [
    credentialTypeOption(),
    delimiterOption(),
    new Option('--sheet <name>', 'sheet of a workbook (default: the first that is not hidden)'),
    new Option('--mapping <file>', 'a YAML file that says which column holds what'),
    new Option('--documents <folder>', 'where the files are that the column "document" names'),
  ];
}

/** The option `--port` of a sandbox, which takes three in a row. */
export function portOption(usual: number): Option {
  return new Option(
    '--port <number>',
    'port of the partner API and the wallet pages; control panel and mail take the next two; 0: any free ones',
  )
    .default(usual)
    .argParser((text) => wholeNumber(text, 65_533));
}

/** A port as the value of an option. */
export function portNumber(text: string): number {
  return wholeNumber(text, 65_535);
}

/** A number of awards as the value of an option. */
export function numberOfAwards(text: string): number {
  return wholeNumber(text, 10_000_000);
}

function wholeNumber(text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new InvalidArgumentError(`Give a whole number from 0 to ${most}.`);
}
