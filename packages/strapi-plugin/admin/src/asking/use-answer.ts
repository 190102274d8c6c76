import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { type Problem, problemOf } from './problem.ts';

/** How a question stands. */
export interface Answer<Body> {
  /** What the server said last to this question; kept while it is asked again, and when asking again fails. */
  readonly answer: Body | undefined;
  readonly loading: boolean;
  /** Why the last time failed. */
  readonly problem: Problem | undefined;
  /** Asks again. */
  readonly reload: () => void;
}

/** How a question is asked. */
export interface AnswerOptions {
  /** Shows the answer of the question before until the next is there, as a table that turns its page does. */
  readonly keepFormer?: boolean;
}

interface Known<Body> {
  readonly path: string;
  readonly answer: Body;
}

/**
 * Asks the server (GET) when the component appears and whenever the path changes; what is on the way is given up when it goes.
 * `undefined` asks nothing. `useAnswer<IssuancePage>('/seek-pass/issuances?limit=50')`
 */
export function useAnswer<Body>(
  path: string | undefined,
  { keepFormer = false }: AnswerOptions = {},
): Answer<Body> {
  const { get } = useFetchClient();
  const words = useWords();
  const [known, setKnown] = useState<Known<Body>>();
  const [failed, setFailed] = useState<{ readonly path: string; readonly problem: Problem }>();
  const [asking, setAsking] = useState<string>();
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((former) => former + 1), []);

  useEffect(() => {
    if (path === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    setAsking(path);
    void (async () => {
      try {
        const { data } = await get<Body>(path, { signal });
        if (signal.aborted) return;
        setKnown({ path, answer: data });
        setFailed(undefined);
      } catch (error) {
        if (signal.aborted) return;
        setFailed({ path, problem: problemOf(error, words) });
      }
      setAsking(undefined);
    })();
    return () => controller.abort();
    // Another language must not ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [get, path, turn]);

  const problem = failed?.path === path ? failed?.problem : undefined;
  const shown = known?.path === path || keepFormer ? known?.answer : undefined;
  return {
    answer: path === undefined ? undefined : shown,
    // In the first moment of a new path nothing has been asked yet.
    loading: path !== undefined && (asking === path || (known?.path !== path && problem === undefined)),
    problem: asking === path ? undefined : problem,
    reload,
  };
}
