const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** When a request is asked about, counted from the time it was sent: often while the person is probably at it, seldom later. */
const agesOfRequest: readonly number[] = [
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  90 * minute,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
  36 * hour,
];

/** And counted from a sign that it has ended: the browser came back, or a webhook says so. */
const agesOfSign: readonly number[] = [
  5 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  15 * minute,
];

/** What the plan goes by; all times by SEEK Pass's clock. */
export interface Waiting {
  readonly requestedAt: number;
  /** The last time to ask. */
  readonly giveUpAt: number;
  /** When a sign came that it has ended. */
  readonly signAt?: number;
}

/**
 * When to ask next about a request that was asked about last at `askedAt` and had not ended. Asking at `giveUpAt` or later is the last
 * time: `undefined`.
 */
export function nextVerifyPollAt(
  { requestedAt, giveUpAt, signAt }: Waiting,
  askedAt: number,
): number | undefined {
  if (askedAt >= giveUpAt) return undefined;
  const times = [
    ...agesOfRequest.map((age) => requestedAt + age),
    ...(signAt === undefined ? [] : agesOfSign.map((age) => signAt + age)),
  ];
  return times.filter((time) => time > askedAt).reduce((next, time) => Math.min(next, time), giveUpAt);
}
