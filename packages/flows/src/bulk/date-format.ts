/** The ways of writing a date that a mapping can name. Two-digit years are not among them: nobody can say which century. */
export const dateFormats = [
  'YYYY-MM-DD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
] as const;

/** One of {@link dateFormats}. */
export type DateFormat = (typeof dateFormats)[number];

/** Turns a date in this format into `YYYY-MM-DD`. Any other text stays as it is: validation says what is wrong with it. */
export function readDate(text: string, format: DateFormat): string {
  const separator = /[^DMY]/.exec(format)?.[0] ?? '-';
  const names = format.split(separator);
  const values = text.split(separator);
  if (values.length !== names.length) return text;
  const part = (name: string): string => values[names.indexOf(name)] ?? '';
  const [year, month, day] = [part('YYYY'), part('MM'), part('DD')];
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return text;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
