/** A time of the record, UTC. What is no time can be there too, when somebody tampered with it: that must end no check of the rest. */
export function timeText(at: number): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? String(at) : time.toISOString();
}
