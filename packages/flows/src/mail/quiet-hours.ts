const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/** Hours in which no reminder leaves, from one full hour to another of the same or the next day; equal: none. */
export interface QuietHours {
  /** 0 to 23. */
  readonly from: number;
  /** 0 to 23. */
  readonly to: number;
}

/** This time, or the end of the quiet hours when it is within them, by the clocks of a time zone. */
export function outsideQuietHours(at: number, { from, to }: QuietHours, timeZone: string): number {
  const isQuietAt = (time: number) => isQuiet(minuteOfDay(time, timeZone), from * 60, to * 60);
  if (from === to || !isQuietAt(at)) return at;
  const wait = ahead(to * 60, minuteOfDay(at, timeZone));
  const end = at - (at % minuteMs) + wait * minuteMs;
  // Clocks that are put forward or back in that night make it an hour wrong; and the hour itself may be left out.
  const early = ahead(to * 60, minuteOfDay(end, timeZone));
  const exact = end + (early > dayMinutes / 2 ? early - dayMinutes : early) * minuteMs;
  return isQuietAt(exact) ? end : exact;
}

/** Minutes until the clocks show `minute`. */
function ahead(minute: number, now: number): number {
  return (minute - now + dayMinutes) % dayMinutes;
}

function isQuiet(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function minuteOfDay(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return read('hour') * 60 + read('minute');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, made);
  return made;
}
