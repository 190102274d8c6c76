import { useFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import type { Mapping, MappingTrial } from '../../../contract/mapping.ts';
import { type Problem, problemOf } from '../asking/problem.ts';
import { useWords } from '../words/use-words.ts';

/** What was tried: the mapping as it was typed, and an entry. */
export interface Trial {
  readonly trial: MappingTrial | undefined;
  readonly checking: boolean;
  readonly problem: Problem | undefined;
}

const pauseMs = 400;

/** Asks the server what it makes of a mapping that is not saved, whenever typing pauses. */
export function useTrial(
  mapping: Mapping | undefined,
  entry: { documentId: string; locale?: string } | undefined,
): Trial {
  const { post } = useFetchClient();
  const words = useWords();
  const [trial, setTrial] = useState<MappingTrial>();
  const [problem, setProblem] = useState<Problem>();
  const [checking, setChecking] = useState(false);
  // Compared by what is in them: each render makes them anew.
  const asked = mapping === undefined ? undefined : JSON.stringify({ mapping, ...(entry && { entry }) });

  useEffect(() => {
    if (asked === undefined) return undefined;
    const controller = new AbortController();
    setChecking(true);
    const timer = setTimeout(() => {
      void (async () => {
        try {
          const { data } = await post<MappingTrial>('/seek-pass/mapping-trial', JSON.parse(asked), {
            signal: controller.signal,
          });
          if (controller.signal.aborted) return;
          setTrial(data);
          setProblem(undefined);
        } catch (error) {
          if (controller.signal.aborted) return;
          setProblem(problemOf(error, words));
        }
        setChecking(false);
      })();
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // Another language must not ask again.
  }, [asked, post]);

  return { trial: asked === undefined ? undefined : trial, checking, problem };
}
