import { credentialTypes } from '@seek-pass-kit/core';
import { Option } from 'commander';

/** The option `--type`. */
export function credentialTypeOption(): Option {
  return new Option(
    '--type <type>',
    'credential type of a CSV file that has no column credential_type',
  ).choices(credentialTypes);
}

/** The option `--delimiter`. */
export function delimiterOption(): Option {
  return new Option('--delimiter <text>', 'what stands between two values of a CSV file; "tab" for a tab')
    .default(',')
    .argParser((text) => (text === 'tab' ? '\t' : text));
}
