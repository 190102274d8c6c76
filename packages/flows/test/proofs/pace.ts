import type fc from 'fast-check';

/** How the actors of a life come to act. */
export interface Pace<Actor> {
  /** Waits for one's turn. */
  readonly turn: () => Promise<void>;
  /** Lets the actors act: one after the other, or all at once. */
  readonly all: (acting: (actor?: Actor) => Promise<void>) => Promise<void>;
}

/** One happening after the other, in the order in which they are given. */
export const oneAfterTheOther: Pace<never> = {
  turn: async () => undefined,
  all: (acting) => acting(),
};

/** All of these actors at once, each step when the scheduler has its turn. When all have acted nobody waits any more. */
export function allAtOnce<Actor>(scheduler: fc.Scheduler, actors: readonly Actor[]): Pace<Actor> {
  let isOver = false;
  return {
    async turn() {
      if (isOver) return;
      await scheduler.schedule(Promise.resolve());
      await breathe();
    },
    async all(acting) {
      await scheduler.waitFor(Promise.all(actors.map((actor) => acting(actor))));
      isOver = true;
    },
  };
}

/** Lets what is under way elsewhere go on. */
const breathe = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
