import { Divider, Flex, Loader, Typography } from '@strapi/design-system';
import { Fragment, useEffect, useRef } from 'react';
import type { EntryAwards } from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import type { WordKey } from '../words/word-key.ts';
import { useWords } from '../words/use-words.ts';
import { useAwardsChanged, useWhileWaiting } from './awards-changed.ts';
import { EntryAwardBlock } from './entry-award-block.tsx';
import { entryPath } from './entry-path.ts';

interface EntryAwardListProps {
  readonly place: EntryPlace;
  /** Asks anew when it changes. */
  readonly savedAt: string;
  readonly whyNot: WordKey | undefined;
}

/** The awards of an entry, one block for each mapping. Loaded when the first panel shows. */
export function EntryAwardList({ place, savedAt, whyNot }: EntryAwardListProps) {
  const words = useWords();
  const { answer, loading, problem, reload } = useAnswer<EntryAwards>(entryPath('awards', place));
  useAwardsChanged(reload);
  useWhileWaiting(reload, answer?.awards.some(({ state }) => state === 'submitted') ?? false);
  const shown = useRef(savedAt);
  useEffect(() => {
    if (shown.current === savedAt) return;
    shown.current = savedAt;
    reload();
  }, [reload, savedAt]);

  if (answer === undefined && loading) return <Loader small>{words('entries.loading')}</Loader>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      <ProblemAlert problem={problem} onRetry={reload} />
      {answer?.awards.length === 0 && (
        <Typography variant="omega" textColor="neutral600">
          {words('entries.noMapping')}
        </Typography>
      )}
      {answer?.awards.map((award, at) => (
        <Fragment key={award.mapping}>
          {at > 0 && <Divider />}
          <EntryAwardBlock place={place} award={award} whyNot={whyNot} />
        </Fragment>
      ))}
    </Flex>
  );
}
