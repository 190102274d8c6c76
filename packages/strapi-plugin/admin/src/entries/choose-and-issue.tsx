import { Field, Loader, Modal, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { EntryAwards } from '../../../contract/entry-awards.ts';
import type { EntryPlace } from '../../../contract/entry-place.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';
import { entryPath } from './entry-path.ts';
import { IssueDialog } from './issue-dialog.tsx';

/** The dialog for an entry of which it is not known yet what to issue: asks, when there is a choice. */
export function ChooseAndIssue({
  place,
  onClose,
}: {
  readonly place: EntryPlace;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { answer, loading, problem, reload } = useAnswer<EntryAwards>(entryPath('awards', place));
  const [chosen, setChosen] = useState<string>();
  const choice = answer?.awards.filter(({ mayIssue }) => mayIssue) ?? [];
  const mapping = chosen ?? (choice.length === 1 ? choice[0]?.mapping : undefined);
  return (
    <>
      {mapping === undefined || choice.length > 1 ? (
        <Modal.Body>
          <ProblemAlert problem={problem} onRetry={reload} />
          {loading && <Loader>{words('entries.loading')}</Loader>}
          {answer !== undefined && choice.length === 0 && (
            <Typography>{words('entries.noMapping')}</Typography>
          )}
          {choice.length > 1 && (
            <Field.Root>
              <Field.Label>{words('entries.choose')}</Field.Label>
              <SingleSelect value={chosen ?? null} onChange={(name) => setChosen(String(name))}>
                {choice.map(({ mapping: name, label }) => (
                  <SingleSelectOption key={name} value={name}>
                    {label}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          )}
        </Modal.Body>
      ) : null}
      {mapping !== undefined && <IssueDialog key={mapping} place={{ ...place, mapping }} onClose={onClose} />}
    </>
  );
}
