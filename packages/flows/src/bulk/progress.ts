import type { Clock } from '@seek-pass-kit/core';

/** How far a file is. */
export interface BulkProgress {
  readonly step: 'checking' | 'issuing';
  /** Rows that are done. */
  readonly rows: number;
  /** Rows of the whole file; absent while nobody has counted them. */
  readonly total?: number;
  /** Measured since the step began; absent at first. */
  readonly rowsPerSecond?: number;
  /** Milliseconds, at the measured rate. */
  readonly remainingMs?: number;
}

/** Told as rows are done, about every 100 of them. */
export type OnProgress = (progress: BulkProgress) => void;

const rowsBetween = 100;

/** Counts rows and tells `onProgress`. */
export function trackProgress(
  clock: Clock,
  step: BulkProgress['step'],
  total: number | undefined,
  onProgress: OnProgress | undefined,
): { readonly rowDone: () => void; readonly end: () => BulkProgress } {
  const startedAt = clock.now();
  let rows = 0;
  const progress = (): BulkProgress => {
    const elapsedMs = clock.now() - startedAt;
    if (elapsedMs <= 0 || rows === 0) return { step, rows, ...(total === undefined ? {} : { total }) };
    const rowsPerSecond = (rows * 1000) / elapsedMs;
    const rate = { step, rows, rowsPerSecond };
    if (total === undefined) return rate;
    return { ...rate, total, remainingMs: (Math.max(0, total - rows) * elapsedMs) / rows };
  };
  return {
    rowDone() {
      rows += 1;
      if (rows % rowsBetween === 0) onProgress?.(progress());
    },
    end() {
      const last = progress();
      onProgress?.(last);
      return last;
    },
  };
}
