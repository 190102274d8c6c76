import { Box, Field, Flex, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import type { TrialEntry } from '../../../contract/mapping.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { Findings } from '../entries/findings.tsx';
import { targetInWords } from '../entries/target-words.ts';
import { useWords } from '../words/use-words.ts';
import { NativeSelect } from './native-select.tsx';
import type { Trial } from './use-trial.ts';

/** Chooses an entry, and shows what it would become by the mapping as it stands on the page. */
export function TrialPanel({
  contentType,
  entry,
  onChoose,
  trial: { trial, checking, problem },
}: {
  readonly contentType: string;
  readonly entry: TrialEntry | undefined;
  readonly onChoose: (entry: TrialEntry | undefined) => void;
  readonly trial: Trial;
}) {
  const words = useWords();
  const id = useId();
  const [search, setSearch] = useState('');
  const query = new URLSearchParams({ contentType, ...(search === '' ? {} : { search }) });
  const { answer, problem: unread } = useAnswer<{ entries: TrialEntry[] }>(
    `/seek-pass/mapping-entries?${query}`,
    {
      keepFormer: true,
    },
  );
  const entries = answer?.entries ?? [];
  const mistakes = trial?.findings.filter(({ severity }) => severity === 'error') ?? [];
  const errors = mistakes.length;
  return (
    <Box
      tag="section"
      aria-labelledby={`${id}-title`}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={6}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="h2" variant="delta" id={`${id}-title`}>
          {words('mapping.trial')}
        </Typography>
        <Field.Root>
          <Field.Label>{words('mapping.trial.search')}</Field.Label>
          <Field.Input
            type="search"
            value={search}
            maxLength={200}
            onChange={({ target: { value } }: { target: { value: string } }) => setSearch(value)}
          />
        </Field.Root>
        <Box>
          <Typography tag="label" htmlFor={`${id}-entry`} variant="pi" fontWeight="bold">
            {words('mapping.trial.entry')}
          </Typography>
          <NativeSelect
            id={`${id}-entry`}
            value={keyOf(entry)}
            onChange={({ target: { value } }) => onChoose(entries.find((one) => keyOf(one) === value))}
          >
            <option value="">{words('mapping.choose')}</option>
            {entry && !entries.some((one) => keyOf(one) === keyOf(entry)) && (
              <option value={keyOf(entry)}>{entry.label ?? entry.documentId}</option>
            )}
            {entries.map((one) => (
              <option key={keyOf(one)} value={keyOf(one)}>
                {[one.label ?? words('mapping.trial.unnamed', { id: one.documentId }), one.locale]
                  .filter(Boolean)
                  .join(', ')}
              </option>
            ))}
          </NativeSelect>
        </Box>
        <ProblemAlert problem={unread ?? problem} />
        <Typography role="status" textColor={errors > 0 && entry ? 'danger700' : 'neutral700'}>
          {checking && words('mapping.trial.checking')}
          {!checking && answer?.entries.length === 0 && entry === undefined && words('mapping.trial.none')}
          {!checking && entries.length > 0 && entry === undefined && words('mapping.trial.choose')}
          {!checking &&
            trial?.preview &&
            words(errors > 0 ? 'mapping.trial.wrong' : 'mapping.trial.right', { count: errors })}
        </Typography>
        {trial?.preview && entry && (
          <>
            {/* Also beside its field, which may be far down the page. */}
            <Findings findings={mistakes} />
            {trial.preview.title && <Typography fontWeight="bold">{trial.preview.title}</Typography>}
            <Flex tag="dl" direction="column" alignItems="stretch" gap={2}>
              {trial.preview.values.map(({ target, shown, text }) => (
                <div key={target}>
                  <Typography tag="dt" variant="pi" textColor="neutral600">
                    {targetInWords(target)}
                  </Typography>
                  <Typography
                    tag="dd"
                    textColor={shown === 'value' ? 'neutral800' : 'neutral600'}
                    style={{ overflowWrap: 'anywhere', margin: 0 }}
                  >
                    {shown === 'value' ? text : words(`mapping.trial.shown.${shown}`)}
                  </Typography>
                </div>
              ))}
            </Flex>
            {trial.preview.request && (
              <details>
                <summary>
                  <Typography>{words('mapping.trial.request')}</Typography>
                </summary>
                <Typography tag="p" variant="pi" textColor="neutral600">
                  {words('mapping.trial.request.hint')}
                </Typography>
                {/* Scrolls, so the keyboard must reach it. */}
                <pre tabIndex={0} aria-label={words('mapping.trial.request')} style={{ overflow: 'auto' }}>
                  {`POST ${trial.preview.request.path}\n${JSON.stringify(trial.preview.request.body, null, 2)}`}
                </pre>
              </details>
            )}
          </>
        )}
      </Flex>
    </Box>
  );
}

function keyOf(entry: TrialEntry | undefined): string {
  return entry === undefined ? '' : [entry.documentId, entry.locale ?? ''].join(' ');
}
