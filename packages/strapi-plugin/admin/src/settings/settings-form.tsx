import { Button, Flex } from '@strapi/design-system';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import type { FormEvent } from 'react';
import type { SettingsAnswer } from '../../../contract/settings.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import type { Problem } from '../asking/problem.ts';
import { useSend } from '../asking/use-send.ts';
import { AuditSection } from '../records/audit-section.tsx';
import { useWords, type Words } from '../words/use-words.ts';
import { AccountSection } from './account-section.tsx';
import { ClaimPagesSection } from './claim-pages-section.tsx';
import { ConnectionStanding } from './connection-standing.tsx';
import { KeysSection } from './keys-section.tsx';
import { LeaveWarning } from './leave-warning.tsx';
import { MailSection } from './mail-section.tsx';
import { RemindersSection } from './reminders-section.tsx';
import { useSettingsDraft } from './settings-draft.ts';
import { SettingsFormProvider } from './settings-form-context.ts';
import { StopSection } from './stop-section.tsx';
import { TestSection } from './test-section.tsx';

/** The settings page with what is saved now. */
export function SettingsForm({
  answer,
  onSaved,
}: {
  readonly answer: SettingsAnswer;
  readonly onSaved: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const draft = useSettingsDraft(answer);
  const { send, sending, problem } = useSend();

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const saved = await send<SettingsAnswer>('PUT', '/seek-pass/settings', draft.toSave);
    if (saved === undefined) return;
    toggleNotification({ type: 'success', message: words('settings.saved') });
    onSaved();
  };

  return (
    <Page.Main>
      <Page.Title>{words('settings.connection')}</Page.Title>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Layouts.Header
          title={words('settings.connection')}
          subtitle={words('settings.subtitle')}
          primaryAction={
            <Button type="submit" loading={sending} disabled={!draft.changed}>
              {words('settings.save')}
            </Button>
          }
        />
        <Layouts.Content>
          <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={6}>
            <ConnectionStanding state={answer.state} />
            <ProblemAlert problem={inShort(problem, words)} />
            <SettingsFormProvider value={{ draft, problem }}>
              <AccountSection />
              <ClaimPagesSection />
              <MailSection />
              <RemindersSection />
            </SettingsFormProvider>
          </Flex>
        </Layouts.Content>
      </form>
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <TestSection changed={draft.changed} />
          {answer.issuing && <StopSection issuing={answer.issuing} onTurned={onSaved} />}
          {answer.issuing && <AuditSection />}
          <KeysSection keys={answer.keys} works={answer.works} />
        </Flex>
      </Layouts.Content>
      <LeaveWarning changed={draft.changed && !sending} />
    </Page.Main>
  );
}

/** What is wrong with fields stands beside them. */
function inShort(problem: Problem | undefined, words: Words): Problem | undefined {
  if (problem === undefined || Object.keys(problem.fields).length === 0) return problem;
  return { ...problem, message: words('settings.notSaved') };
}
