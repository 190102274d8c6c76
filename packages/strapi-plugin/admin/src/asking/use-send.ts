import { useFetchClient } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { type Problem, problemOf } from './problem.ts';

/** How a change is sent. */
export interface Sending {
  /** Gives what the server answered; `undefined` when it did not do it: then there is a problem to show. */
  readonly send: <Body>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<Body | undefined>;
  readonly sending: boolean;
  /** Why the last one was not done. */
  readonly problem: Problem | undefined;
  /** Forgets the problem, as when a dialog is opened anew. */
  readonly clear: () => void;
}

/** Sends changes to the server. A change that is on the way is not given up when the component goes: the server may have it already. */
export function useSend(): Sending {
  const client = useFetchClient();
  const words = useWords();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const clear = useCallback(() => setProblem(undefined), []);

  const send = useCallback(
    async <Body>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => {
      setSending(true);
      setProblem(undefined);
      const { signal } = new AbortController();
      try {
        const { data } =
          method === 'DELETE'
            ? await client.del<Body>(path, { signal })
            : await client[method === 'POST' ? 'post' : 'put']<Body>(path, body ?? {}, { signal });
        return data;
      } catch (error) {
        setProblem(problemOf(error, words));
        return undefined;
      } finally {
        setSending(false);
      }
    },
    [client, words],
  );
  return { send, sending, problem, clear };
}
