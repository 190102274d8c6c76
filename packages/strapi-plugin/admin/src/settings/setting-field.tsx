import { Field } from '@strapi/design-system';
import type { ReactNode } from 'react';
import type { SettingName } from '../../../contract/settings.ts';
import { useWords } from '../words/use-words.ts';
import { withLabels } from './setting-labels.ts';
import { useSettingsForm } from './settings-form-context.ts';

/** A field of the settings page: its label, what is wrong with it, and a hint, or that it is set elsewhere. */
export function SettingField({
  name,
  required = false,
  children,
}: {
  readonly name: SettingName;
  readonly required?: boolean;
  readonly children: ReactNode;
}) {
  const words = useWords();
  const { draft, problem } = useSettingsForm();
  const hint = words(draft.isFixed(name) ? 'settings.fromSite' : `settings.hint.${name}`);
  return (
    <Field.Root
      name={name}
      required={required}
      hint={hint}
      error={problem?.fields[name]?.map((sentence) => withLabels(sentence, words)).join(' ') ?? false}
      width="100%"
    >
      <Field.Label>{words(`settings.field.${name}`)}</Field.Label>
      {children}
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
