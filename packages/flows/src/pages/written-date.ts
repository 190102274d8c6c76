import type { Locale } from '../languages/locale.ts';

/** A calendar date (`YYYY-MM-DD`) as readers of a language write it; anything else stays as it is. */
export function writtenDate(date: string, locale: Locale): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(day) ? date : formatOf(locale).format(day);
}

/** English as it is written where most readers are: day, month, year. */
const written: Readonly<Partial<Record<Locale, string>>> = { en: 'en-AU' };

const formats = new Map<Locale, Intl.DateTimeFormat>();

function formatOf(locale: Locale): Intl.DateTimeFormat {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(written[locale] ?? locale, { dateStyle: 'long', timeZone: 'UTC' });
  formats.set(locale, format);
  return format;
}
