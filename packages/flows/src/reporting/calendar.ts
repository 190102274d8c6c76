/** A calendar day, `2026-11-21`. */
export type Day = string;

const dayMs = 24 * 3_600_000;

/** The day that a time falls on by the clocks of a time zone. */
export function dayOf(at: number, timeZone: string): Day {
  return formatOf(timeZone).format(at);
}

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && dayAt(at) === text;
}

/** The day so many days later. */
export function daysAfter(day: Day, days: number): Day {
  return dayAt(timeOf(day) + days * dayMs);
}

/** The Monday of its week. */
export function mondayOf(day: Day): Day {
  const weekday = new Date(timeOf(day)).getUTCDay();
  return daysAfter(day, -((weekday + 6) % 7));
}

/** The first day of its month. */
export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

/** The first day of the month after. */
export function firstOfNextMonth(day: Day): Day {
  return firstOfMonth(daysAfter(firstOfMonth(day), 31));
}

/** A moment on that day, for `Intl` in the time zone `UTC`. */
export function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayAt(at: number): Day {
  return new Date(at).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `sv` writes dates as ISO 8601 does. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}
