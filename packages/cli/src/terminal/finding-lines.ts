import type { Finding } from '@seek-pass-kit/flows/bulk';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';
import { wrapAfter } from './wrap-text.ts';

/** Lines on what was found in a row or a payload, with `column` before a field of a row. */
export function findingLines(
  { colors, columns }: Terminal,
  findings: readonly Finding[],
  unit: 'row' | 'payload',
): string[] {
  const { dim, red, yellow } = colors;
  const style = { problem: red, error: red, warning: yellow, info: dim };
  return findings.flatMap(({ severity, field, code, message, remedy }) => {
    const where = field === '' ? '' : `${unit === 'row' ? 'column ' : ''}${printable(field)}  `;
    return [
      `  ${style[severity](severity.padEnd(7))}  ${where}${dim(code)}`,
      ...wrapAfter(' '.repeat(11), `${printable(message)}. ${printable(remedy)}`, columns),
    ];
  });
}
