import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type {
  ListedMapping,
  MappingChoices,
  SiteMapping,
  SourceField,
  TrialEntry,
} from '../../../contract/mapping.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useSend } from '../asking/use-send.ts';
import { loadMappedContentTypes } from '../entries/mapped-content-types.ts';
import { useWords } from '../words/use-words.ts';
import { emptyDraft, type MappingDraft, mappingOf, withSource } from './mapping-draft.ts';
import { MappingAbout } from './mapping-about.tsx';
import { MappingNotice } from './mapping-notice.tsx';
import { TargetGroups } from './target-groups.tsx';
import { TrialPanel } from './trial-panel.tsx';
import { useGuess } from './use-guess.ts';
import { useTrial } from './use-trial.ts';

/** Makes or changes a mapping; beside it stands what an entry would become by it as it is now. */
export function MappingEditor({
  saved,
  choices,
}: {
  readonly saved: ListedMapping | undefined;
  readonly choices: MappingChoices;
}) {
  const words = useWords();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const [draft, setDraft] = useState<MappingDraft>(saved === undefined ? emptyDraft : draftOf(saved));
  const [entry, setEntry] = useState<TrialEntry>();
  const { contentType, credentialType } = draft;
  const mapping = mappingOf(draft);
  const trial = useTrial(mapping, entry && placeOf(entry));
  const { answer } = useAnswer<{ fields: SourceField[] }>(
    contentType === '' ? undefined : `/seek-pass/mapping-fields?${new URLSearchParams({ contentType })}`,
  );
  const guessed = useGuess(saved === undefined ? draft : undefined, setDraft);
  const inCode = saved?.keptIn === 'code';
  const findings = trial.trial?.findings ?? [];
  const type = choices.credentialTypes.find((one) => one.credentialType === credentialType);
  const contentTypeName = choices.contentTypes.find(({ uid }) => uid === contentType)?.name ?? contentType;

  const save = async () => {
    if (mapping === undefined) return;
    const done = await (saved === undefined
      ? send<{ mapping: SiteMapping }>('POST', '/seek-pass/mappings', { mapping })
      : send<{ mapping: SiteMapping }>('PUT', `/seek-pass/mappings/${saved.name}`, {
          mapping,
          revision: saved.revision,
        }));
    if (done === undefined) return;
    void loadMappedContentTypes();
    toggleNotification({ type: 'success', message: words('mapping.saved') });
    navigate('..', { relative: 'path' });
  };
  const title = saved?.title ?? words('mapping.editor.new');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        navigationAction={
          <Typography tag={Link} to=".." relative="path" textColor="primary600">
            <ArrowLeft aria-hidden /> {words('mapping.back')}
          </Typography>
        }
        primaryAction={
          inCode ? undefined : (
            <Button type="submit" loading={sending} disabled={mapping === undefined}>
              {words('mapping.save')}
            </Button>
          )
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ProblemAlert problem={problem} />
          {inCode && <MappingNotice>{words('mapping.inCode')}</MappingNotice>}
          {saved?.issued && !inCode && <MappingNotice>{words('mapping.issued')}</MappingNotice>}
          <Flex alignItems="flex-start" gap={6} direction={{ initial: 'column', large: 'row' }}>
            <Flex direction="column" alignItems="stretch" gap={6} flex="3" width="100%" minWidth={0}>
              <MappingAbout
                draft={draft}
                choices={choices}
                isNew={saved === undefined}
                keepsPlace={saved?.issued === true}
                disabled={inCode}
                findings={findings}
                onChange={setDraft}
              />
              {type !== undefined && type.targets.length > 0 && answer !== undefined && (
                <>
                  {guessed && <MappingNotice>{words('mapping.guessed')}</MappingNotice>}
                  <TargetGroups
                    targets={type.targets}
                    sources={draft.targets}
                    contentTypeName={contentTypeName}
                    fields={answer.fields}
                    findings={findings}
                    disabled={inCode}
                    onChange={(target, source) => setDraft((before) => withSource(before, target, source))}
                  />
                </>
              )}
            </Flex>
            <Box flex="2" width="100%" minWidth={0} position={{ initial: 'static', large: 'sticky' }} top={4}>
              {mapping !== undefined && (
                <TrialPanel
                  key={contentType}
                  contentType={contentType}
                  entry={entry}
                  onChoose={setEntry}
                  trial={trial}
                />
              )}
            </Box>
          </Flex>
        </Flex>
      </Layouts.Content>
    </form>
  );
}

function draftOf({
  keptIn: _keptIn,
  revision: _revision,
  issued: _issued,
  errors: _errors,
  contentTypeName: _name,
  ...draft
}: ListedMapping): MappingDraft {
  return draft;
}

function placeOf({ documentId, locale }: TrialEntry) {
  return { documentId, ...(locale === undefined ? {} : { locale }) };
}
