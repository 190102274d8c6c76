/** Measuring on a shared, noisy machine: rounds of the candidates interleaved, medians, and ratios from one run. */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Runs `total` calls, `inFlight` of them at a time. */
export async function runInFlight(call, total, inFlight) {
  let started = 0;
  const lane = async () => {
    while (started < total) {
      started += 1;
      await call(started);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
}

/** CPU microseconds (user and system) of this process that one call of `work` costs. */
async function cpuPerCall(work, calls) {
  globalThis.gc?.();
  const before = process.cpuUsage();
  await work(calls);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / calls;
}

/**
 * CPU per call of several candidates: a warm-up, then rounds in turn; the median round of each counts.
 * @param {Record<string, (calls: number) => Promise<void> | void>} candidates
 */
export async function compareCpu(candidates, { calls, rounds }) {
  const results = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (const work of Object.values(candidates)) await work(Math.ceil(calls / 4));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(candidates)) {
      results[name].push(await cpuPerCall(work, calls));
    }
  }
  return Object.fromEntries(Object.entries(results).map(([name, values]) => [name, median(values)]));
}

export const round = (value, digits = 2) => Number(value.toFixed(digits));
