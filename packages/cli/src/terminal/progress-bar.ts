import { durationInWords } from './duration.ts';
import type { Terminal } from './terminal.ts';

/** How far a run is. */
export interface Progress {
  readonly done: number;
  /** Absent while nobody has counted. */
  readonly total?: number | undefined;
  readonly perSecond?: number | undefined;
  readonly remainingMs?: number | undefined;
}

/** A line that shows how far a run is. */
export interface ProgressBar {
  readonly show: (progress: Progress) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const widestBar = 30;
/** Redrawing more often than this costs more than it tells. */
const redrawEveryMs = 50;
const eraseLine = '\r\u001B[2K';

/**
 * Shows `label  ███████░░░  31/49  210/s  1 s left` on standard error while a person watches; draws nothing into files and
 * pipes. `now` is in milliseconds.
 */
export function startProgressBar(
  terminal: Terminal,
  { label, now }: { readonly label: string; readonly now: () => number },
): ProgressBar {
  if (!terminal.live) return { show: () => undefined, end: () => undefined };
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show(progress) {
      const isLast = progress.done === progress.total;
      if (!isLast && now() - drawnAt < redrawEveryMs) return;
      drawnAt = now();
      terminal.draw(`${eraseLine}${lineOf(terminal, label, progress)}`);
    },
    end: () => terminal.draw(eraseLine),
  };
}

function lineOf(
  { noteColors, liveColumns }: Terminal,
  label: string,
  { done, total, perSecond, remainingMs }: Progress,
): string {
  const figures = [
    total === undefined ? String(done) : `${done}/${total}`,
    ...(perSecond === undefined ? [] : [`${Math.round(perSecond)}/s`]),
    ...(remainingMs === undefined || done === total ? [] : [`${durationInWords(remainingMs)} left`]),
  ].join('  ');
  const width = Math.min(widestBar, liveColumns - label.length - figures.length - 5);
  if (total === undefined || total === 0 || width < 5) return `${label}  ${figures}`;
  const full = Math.floor((done / total) * width);
  const bar = noteColors.cyan('█'.repeat(full)) + noteColors.dim('░'.repeat(width - full));
  return `${label}  ${bar}  ${figures}`;
}
