import { InvalidArgumentError, Option } from 'commander';
import { fieldColumns } from '@seek-pass-kit/flows/bulk';

/** The option `--type`. */
export function credentialTypeOption(): Option {
  const types = Object.entries(fieldColumns).flatMap(([type, columns]) =>
    columns === undefined ? [] : [type],
  );
  return new Option(
    '--type <type>',
    'credential type of a CSV file that has no column credential_type',
  ).choices(types);
}

/** The option `--delimiter`. */
export function delimiterOption(): Option {
  return new Option('--delimiter <text>', 'what stands between two values of a CSV file; "tab" for a tab')
    .default(',')
    .argParser((text) => (text === 'tab' ? '\t' : text));
}

/** The option `--port`. */
export function portOption(usual: number): Option {
  return new Option(
    '--port <number>',
    'port of the partner API and the wallet pages; control panel and mail take the next two; 0: any free ones',
  )
    .default(usual)
    .argParser((text) => {
      const port = Number(text);
      if (/^\d+$/.test(text) && port <= 65_533) return port;
      throw new InvalidArgumentError('Give a whole number from 0 to 65533.');
    });
}
