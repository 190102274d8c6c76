import { StoreUnavailable } from './ports.ts';

/** How what several callers ask for is done in one go. */
export interface Gathering<Ask, Answer> {
  /** Does all of them; one answer each, in their order. What it throws goes to every caller. */
  readonly together: (asks: readonly Ask[]) => Promise<readonly Answer[]>;
  /** The most in one go. Default: as many as there are. */
  readonly most?: number;
  /** Whether a go waits for the one before, and gathers meanwhile; not for longer than {@link slowMs}. Default: it does not. */
  readonly inTurn?: boolean;
  /** Asks with the same word never go together. */
  readonly apart?: (ask: Ask) => string;
  /** Does one by itself after a go that failed, out of turn: so none of them fails or holds up another. */
  readonly alone?: (ask: Ask) => Promise<Answer>;
}

/** What takes longer than this keeps nobody waiting who has nothing to do with it, in milliseconds: a connection may be dead. */
const slowMs = 1_000;

interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  readonly resolve: (answer: Answer | Promise<Answer>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does in one go what several callers ask for at the same time. Nobody waits for others to come: a go begins as soon as this turn
 * of the event loop is over and it is its turn, with everything that was asked for until then.
 */
export function gather<Ask, Answer>(gathering: Gathering<Ask, Answer>): (ask: Ask) => Promise<Answer> {
  const { most = Number.POSITIVE_INFINITY, inTurn = false } = gathering;
  let waiting: Array<Waiting<Ask, Answer>> = [];
  let busy = 0;
  let called = false;

  const call = () => {
    if (called || waiting.length === 0 || (inTurn && busy > 0)) return;
    called = true;
    // After all that this turn of the loop brings about, promises included.
    process.nextTick(() => {
      called = false;
      void go();
    });
  };
  const go = async () => {
    const { taken, left } = divided(waiting, most, gathering.apart);
    waiting = left;
    busy += 1;
    let counts = true;
    const done = () => {
      if (counts) busy -= 1;
      counts = false;
      call();
    };
    const slow = inTurn ? setTimeout(done, slowMs) : undefined;
    call();
    await settle(gathering, taken);
    clearTimeout(slow);
    done();
  };

  return (ask) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      call();
    });
}

/** The next go, and what waits for a later one. */
function divided<Ask, Answer>(
  waiting: ReadonlyArray<Waiting<Ask, Answer>>,
  most: number,
  apart: Gathering<Ask, Answer>['apart'],
) {
  const words = new Set<string>();
  const taken: Array<Waiting<Ask, Answer>> = [];
  const left: Array<Waiting<Ask, Answer>> = [];
  for (const one of waiting) {
    const word = apart?.(one.ask);
    if (taken.length >= most || (word !== undefined && words.has(word))) left.push(one);
    else taken.push(one);
    if (word !== undefined) words.add(word);
  }
  return { taken, left };
}

async function settle<Ask, Answer>(
  { together, alone }: Gathering<Ask, Answer>,
  taken: ReadonlyArray<Waiting<Ask, Answer>>,
): Promise<void> {
  try {
    const answers = await together(taken.map(({ ask }) => ask));
    // One answer each: that is what `together` promises.
    for (const [at, { resolve }] of taken.entries()) resolve(answers[at] as Answer);
  } catch (error) {
    for (const { ask, resolve, reject } of taken) {
      // A store that is away is away for each of them.
      if (alone === undefined || error instanceof StoreUnavailable) reject(error);
      else resolve(alone(ask));
    }
  }
}
