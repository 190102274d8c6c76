/** SEEK Pass drops what a learner has not finished after this time. */
const lifeMs = 48 * 3_600_000;

/** How long before that a person wants to know. */
const soonMs = 12 * 3_600_000;

/** When SEEK Pass drops what was submitted at this time. */
export function expiryOf(submittedAt: number): number {
  return submittedAt + lifeMs;
}

/** What was submitted at this time or earlier is dropped soon, unless it is finished. */
export function expiringSince(now: number): number {
  return now - lifeMs + soonMs;
}
