import { useEffect, useState } from 'react';
import type { Mapping } from '../../../contract/mapping.ts';
import { useAnswer } from '../asking/use-answer.ts';
import type { MappingDraft } from './mapping-draft.ts';

/** Fills the targets of a new mapping with a guess, once both types are chosen. Says whether it did. Without a draft it does nothing. */
export function useGuess(
  draft: Pick<MappingDraft, 'contentType' | 'credentialType'> | undefined,
  setDraft: (change: (before: MappingDraft) => MappingDraft) => void,
): boolean {
  const [guessed, setGuessed] = useState<object>();
  const isChosen = draft !== undefined && draft.contentType !== '' && draft.credentialType !== '';
  const { answer } = useAnswer<{ targets: Mapping['targets'] }>(
    isChosen
      ? `/seek-pass/mapping-guess?${new URLSearchParams({ contentType: draft.contentType, credentialType: draft.credentialType })}`
      : undefined,
  );
  useEffect(() => {
    if (answer === undefined) return;
    setDraft((before) => ({ ...before, targets: answer.targets }));
    setGuessed(answer);
  }, [answer, setDraft]);
  return guessed !== undefined && guessed === answer && Object.keys(answer.targets).length > 0;
}
