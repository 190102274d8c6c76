import type { CellTrouble } from '../sheet.ts';
import type { NumberStyle } from './styles.ts';

/** A number as a person reads it in the sheet, and what may have been lost. */
export interface CellText {
  readonly text: string;
  readonly trouble?: CellTrouble['code'];
}

const dayMs = 86_400_000;
/** 9999-12-31 of the 1900 calendar. */
const lastDay = 2_958_465;
/** Excel keeps 15 digits. */
const firstLongNumber = 1e15;

/**
 * The text of a cell that holds a number.
 *
 * @param raw as it stands in the file: `45678`, `7.5`, `1E-3`.
 * @param epoch of the workbook: the calendar that begins in 1900, or the one of old Macs that begins in 1904.
 */
export function numberText(raw: string, style: NumberStyle, epoch: 1900 | 1904): CellText {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return { text: '', trouble: 'error_cell' };
  switch (style.shows) {
    case 'date':
    case 'time':
    case 'year':
      return dateText(value, style.shows, epoch);
    case 'percent':
      return { text: `${(value * 100).toFixed(style.decimals)}%` };
    case 'zeros':
      return plainText(value, (text) => text.padStart(style.digits, '0'));
    case 'number':
      return plainText(value, (text) => text);
  }
}

function plainText(value: number, shown: (text: string) => string): CellText {
  if (Math.abs(value) >= firstLongNumber) return { text: String(value), trouble: 'long_number' };
  return { text: shown(String(value)), trouble: 'number_cell' };
}

function dateText(value: number, shows: 'date' | 'time' | 'year', epoch: 1900 | 1904): CellText {
  if (value < 1 || value > lastDay) return { text: '', trouble: 'error_cell' };
  // Excel believes that 1900 was a leap year: before its 29 February, days count from one later.
  const zero = epoch === 1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, value < 60 ? 31 : 30);
  const iso = new Date(zero + Math.round(value * dayMs)).toISOString();
  if (shows === 'year') return { text: iso.slice(0, 4), trouble: 'date_cell' };
  const text =
    shows === 'date' || Number.isInteger(value) ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
  return { text, trouble: 'date_cell' };
}

/** A text of the file as Excel shows it: `_x000D_` stands for the character of that number. */
export function unescaped(text: string): string {
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
