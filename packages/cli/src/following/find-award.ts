import type { AddFlow, AwardStatus } from '@seek-pass-kit/flows';
import { CommandError } from '../command-error.ts';

/** The award of a key in its newest version. Throws `CommandError` code `unknown_award` when there is none. */
export async function findAward(flow: AddFlow, key: string): Promise<AwardStatus> {
  const status = await flow.status(key);
  if (status === undefined) throw unknownAward();
  return status;
}

function unknownAward(): CommandError {
  return new CommandError(
    'unknown_award',
    'There is no award with this key: give the value of the column "key" as it was issued, capital letters included.',
  );
}
