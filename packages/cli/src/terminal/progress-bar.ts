import type { Terminal } from './terminal.ts';

/** A line that shows how far a run is. */
export interface ProgressBar {
  /** One more is done. */
  readonly advance: () => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const widestBar = 40;
/** Redrawing more often than this costs more than it tells. */
const redrawEveryMs = 50;

/**
 * Shows `label  ███████░░░  31/49` on standard error while a person watches; draws nothing into files and pipes. `now` is in
 * milliseconds.
 */
export function startProgressBar(
  terminal: Terminal,
  options: { readonly label: string; readonly total: number; readonly now: () => number },
): ProgressBar {
  const { label, total, now } = options;
  if (!terminal.live || total === 0) return { advance: () => undefined, end: () => undefined };
  const { cyan, dim } = terminal.noteColors;
  const counter = String(total).length * 2 + 1;
  const width = Math.min(widestBar, terminal.liveColumns - label.length - counter - 5);
  let done = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;

  const draw = (): void => {
    drawnAt = now();
    const count = `${done}/${total}`;
    if (width < 5) {
      terminal.draw(`\r\u001B[2K${label} ${count}`);
      return;
    }
    const full = Math.floor((done / total) * width);
    const bar = cyan('█'.repeat(full)) + dim('░'.repeat(width - full));
    terminal.draw(`\r\u001B[2K${label}  ${bar}  ${count}`);
  };
  draw();
  return {
    advance() {
      done += 1;
      if (done === total || now() - drawnAt >= redrawEveryMs) draw();
    },
    end() {
      terminal.draw('\r\u001B[2K');
    },
  };
}
