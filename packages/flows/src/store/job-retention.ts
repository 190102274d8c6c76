/** How long a finished job is kept, so that its id keeps the same work from being enqueued again: 30 days. */
export const finishedJobLifeMs = 30 * 24 * 3_600_000;
