/** The start of a day (`2026-02-20`) here, some days later, in milliseconds since the epoch; `''` for no day. */
export function startOf(day: string, later: number): string {
  const [year = Number.NaN, month = 1, date = 1] = day === '' ? [] : day.split('-').map(Number);
  return Number.isNaN(year) ? '' : String(new Date(year, month - 1, date + later).getTime());
}

/** The day that such a start is of, some days later; `''` when it is none. */
export function dayOf(start: string | undefined, later: number): string {
  if (start === undefined || !/^\d+$/.test(start)) return '';
  const day = new Date(Number(start));
  day.setDate(day.getDate() + later);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
