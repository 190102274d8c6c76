import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { createMemoryStore, type Store } from '@seek-pass-kit/flows';
import type { CommandContext } from '../command-context.ts';
import { trialFolder } from '../config/config-file.ts';
import { doesNotRunHere, type EmbeddedPlace, openEmbeddedPlace } from '../flow/embedded-place.ts';

/** Where a trial keeps its awards. */
export interface TrialStore {
  readonly store: Store;
  /** Absent: in the memory of this process, where no other command sees them. */
  readonly place?: EmbeddedPlace;
}

/**
 * Opens the embedded store of this folder's trials, which the next trial uses again, or one among the temporary files where
 * its server cannot reach this folder. Where none can run, the memory has to do.
 */
export async function openTrialStore({ terminal }: CommandContext): Promise<TrialStore> {
  const folder = resolve(trialFolder, 'store');
  if (!existsSync(folder)) {
    terminal.note(terminal.noteColors.dim('Making a database for trials of this folder. This is done once.'));
  }
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  try {
    return await openEmbeddedPlace([folder, join(tmpdir(), `seek-pass-trial-${name}`)]);
  } catch (error) {
    if (!doesNotRunHere(error)) throw error;
    terminal.note(
      terminal.noteColors.yellow(
        `The embedded database does not run here, so this trial keeps its awards in memory, where "seek-pass status" does not see them. ${error.message}`,
      ),
    );
    return { store: createMemoryStore() };
  }
}
