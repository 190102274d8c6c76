import { Checkbox, Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import type { SeekPassEnvironment } from '../../../contract/settings.ts';
import { useWords } from '../words/use-words.ts';
import { Notice } from './notice.tsx';
import { SettingField } from './setting-field.tsx';
import { withLabels } from './setting-labels.ts';
import { useSettingsForm } from './settings-form-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { TextSetting } from './text-setting.tsx';

const environments: readonly SeekPassEnvironment[] = ['sandbox', 'staging', 'production'];

/** Which client of SEEK Pass this site is. */
export function AccountSection() {
  const words = useWords();
  const { draft } = useSettingsForm();
  const chosen = draft.valueOf('environment');
  const connectedTo = draft.answer.state.environment;
  return (
    <SettingsSection title={words('settings.account.title')}>
      <SettingField name="environment" required>
        <SingleSelect
          value={chosen ?? null}
          disabled={draft.isFixed('environment')}
          onChange={(value) => draft.change('environment', value as SeekPassEnvironment)}
        >
          {environments.map((environment) => (
            <SingleSelectOption key={environment} value={environment}>
              {words(`settings.environment.${environment}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </SettingField>
      {connectedTo !== null && chosen !== connectedTo && <Notice>{words('settings.account.moved')}</Notice>}
      <TextSetting name="baseUrl" />
      <TextSetting name="clientId" required />
      <ClientSecret />
      <Scopes />
    </SettingsSection>
  );
}

function ClientSecret() {
  const words = useWords();
  const { draft, problem } = useSettingsForm();
  const { secret, canSaveSecret } = draft.answer;
  const fixed = secret === 'from_environment';
  return (
    <>
      <Field.Root
        name="clientSecret"
        required={secret === 'missing'}
        hint={words(`settings.account.secret.${secret}`)}
        error={
          problem?.fields['clientSecret']?.map((sentence) => withLabels(sentence, words)).join(' ') ?? false
        }
      >
        <Field.Label>{words('settings.account.secret')}</Field.Label>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={draft.secret}
          disabled={fixed || !canSaveSecret}
          onChange={({ target }) => draft.changeSecret(target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      {!fixed && !canSaveSecret && <Notice>{words('settings.account.noKey')}</Notice>}
    </>
  );
}

function Scopes() {
  const { draft } = useSettingsForm();
  const given = draft.valueOf('scopes');
  const chosen = given ?? draft.defaultOf('scopes') ?? [];
  const offered = [...new Set([...draft.answer.choices.scopes, ...chosen])];
  const set = (scope: string, on: boolean): void => {
    const next = offered.filter((one) => (one === scope ? on : chosen.includes(one)));
    draft.change('scopes', next.length === 0 ? undefined : next);
  };
  return (
    <SettingField name="scopes">
      <Flex gap={4} wrap="wrap" role="group">
        {offered.map((scope) => (
          <Checkbox
            key={scope}
            checked={chosen.includes(scope)}
            disabled={draft.isFixed('scopes')}
            onCheckedChange={(on) => set(scope, on === true)}
          >
            {scope}
          </Checkbox>
        ))}
      </Flex>
    </SettingField>
  );
}
