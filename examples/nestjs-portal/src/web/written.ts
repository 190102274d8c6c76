const zone = 'Australia/Melbourne';
const day = new Intl.DateTimeFormat('en-AU', { dateStyle: 'long', timeZone: 'UTC' });
const moment = new Intl.DateTimeFormat('en-AU', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });

/** `12 December 2025`, of `2025-12-12`. */
export function writtenDay(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`));
}

/** `12 Dec 2025, 4:05 pm`, in the time of the university. */
export function writtenMoment(at: number | Date): string {
  return moment.format(at);
}
