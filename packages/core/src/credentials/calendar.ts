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
  if (text.length !== 10 || text[7] !== '-' || !isMonth(text.slice(0, 7))) return false;
  const day = text.slice(8);
  if (!/^\d\d$/.test(day) || day === '00') return false;
  return Number(day) <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
