/** Real dates of the calendar, in the three formats of SEEK Pass. Written without `Date`: validation is a hot path. */

/** `YYYY`. */
export function isYear(text: string): boolean {
  return /^[1-9]\d{3}$/.test(text);
}

/** `YYYY-MM`. */
export function isMonth(text: string): boolean {
  return /^[1-9]\d{3}-(?:0[1-9]|1[0-2])$/.test(text);
}

/** `YYYY-MM-DD`, with as many days as the month has. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/.test(text)) return false;
  const day = Number(text.slice(8));
  return day < 29 || day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
