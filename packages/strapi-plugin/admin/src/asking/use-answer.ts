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
  /** Asks by POST, for what must stand in no address. It still changes nothing. */
  readonly body?: object;
}

interface Known<Body> {
  readonly question: string;
  readonly answer: Body;
}

/**
 * Asks the server when the component appears and whenever the question changes; what is on the way is given up when it goes.
 * `undefined` asks nothing. `useAnswer<IssuancePage>('/seek-pass/issuances?limit=50')`
 */
export function useAnswer<Body>(
  path: string | undefined,
  { keepFormer = false, body }: AnswerOptions = {},
): Answer<Body> {
  const { get, post } = useFetchClient();
  const sent = body && JSON.stringify(body);
  const question = path === undefined ? undefined : `${path} ${sent ?? ''}`;
  const words = useWords();
  const [known, setKnown] = useState<Known<Body>>();
  const [failed, setFailed] = useState<{ readonly question: string; readonly problem: Problem }>();
  const [asking, setAsking] = useState<string>();
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((former) => former + 1), []);

  useEffect(() => {
    if (path === undefined || question === undefined) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    setAsking(question);
    void (async () => {
      try {
        const { data } =
          sent === undefined
            ? await get<Body>(path, { signal })
            : await post<Body>(path, JSON.parse(sent), { signal });
        if (signal.aborted) return;
        setKnown({ question, answer: data });
        setFailed(undefined);
      } catch (error) {
        if (signal.aborted) return;
        setFailed({ question, problem: problemOf(error, words) });
      }
      setAsking(undefined);
    })();
    return () => controller.abort();
    // Another language must not ask again.
  }, [get, post, question, turn]);

  const problem = failed?.question === question ? failed?.problem : undefined;
  const shown = known?.question === question || keepFormer ? known?.answer : undefined;
  return {
    answer: question === undefined ? undefined : shown,
    // In the first moment of a new question nothing has been asked yet.
    loading:
      question !== undefined &&
      (asking === question || (known?.question !== question && problem === undefined)),
    problem: asking === question ? undefined : problem,
    reload,
  };
}
