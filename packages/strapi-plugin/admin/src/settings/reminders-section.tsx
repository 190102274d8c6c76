import { Checkbox, Field, Flex, NumberInput, TextInput, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { SettingField } from './setting-field.tsx';
import { useSettingsForm } from './settings-form-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { TextSetting } from './text-setting.tsx';

/** When learners who have not claimed are reminded. */
export function RemindersSection() {
  const words = useWords();
  return (
    <SettingsSection title={words('settings.reminders.title')}>
      <Typography textColor="neutral600">{words('settings.reminders.off')}</Typography>
      <TextSetting name="reminders.timeZone" suggestions={Intl.supportedValuesOf('timeZone')} />
      <AfterDays />
      <UnfinishedAfterHours />
      <QuietHours />
    </SettingsSection>
  );
}

function AfterDays() {
  const { draft } = useSettingsForm();
  const [text, setText] = useState(() => draft.valueOf('reminders.afterDays')?.join(', ') ?? '');
  const take = (next: string): void => {
    setText(next);
    const days = next.split(/[\s,]+/).filter((day) => day !== '');
    draft.change('reminders.afterDays', days.length === 0 ? undefined : days.map(Number));
  };
  return (
    <SettingField name="reminders.afterDays">
      <TextInput
        value={text}
        placeholder="3, 7, 14"
        disabled={draft.isFixed('reminders.afterDays')}
        // What is no number must not be taken for one.
        onChange={({ target }) => take(target.value.replaceAll(/[^\d\s,]/g, ''))}
      />
    </SettingField>
  );
}

function UnfinishedAfterHours() {
  const words = useWords();
  const { draft } = useSettingsForm();
  const value = draft.valueOf('reminders.unfinishedAfterHours');
  const fixed = draft.isFixed('reminders.unfinishedAfterHours');
  return (
    <SettingField name="reminders.unfinishedAfterHours">
      <NumberInput
        {...(typeof value === 'number' ? { value } : {})}
        placeholder="24"
        disabled={fixed || value === false}
        onValueChange={(next) => draft.change('reminders.unfinishedAfterHours', next)}
      />
      <Checkbox
        checked={value === false}
        disabled={fixed}
        onCheckedChange={(off) =>
          draft.change('reminders.unfinishedAfterHours', off === true ? false : undefined)
        }
      >
        {words('settings.reminders.unfinishedOff')}
      </Checkbox>
    </SettingField>
  );
}

function QuietHours() {
  const words = useWords();
  const { draft, problem } = useSettingsForm();
  const { from = 20, to = 8 } = draft.valueOf('reminders.quietHours') ?? {};
  const fixed = draft.isFixed('reminders.quietHours');
  const hour = (end: 'from' | 'to', value: number) => (
    <Field.Root
      name={`reminders.quietHours.${end}`}
      error={problem?.fields['reminders.quietHours']?.join(' ') ?? false}
      hint={words(fixed ? 'settings.fromSite' : 'settings.hint.reminders.quietHours')}
      width="100%"
    >
      <Field.Label>{words(`settings.reminders.${end}`)}</Field.Label>
      <NumberInput
        value={value}
        disabled={fixed}
        onValueChange={(next) =>
          draft.change('reminders.quietHours', next === undefined ? undefined : { from, to, [end]: next })
        }
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
  return (
    <Flex gap={4} alignItems="flex-start">
      {hour('from', from)}
      {hour('to', to)}
    </Flex>
  );
}
