import { TextInput } from '@strapi/design-system';
import type { SettingName, SettingValues } from '../../../contract/settings.ts';
import { SettingField } from './setting-field.tsx';
import { useSettingsForm } from './settings-form-context.ts';

/** The settings whose value is a line of text. */
type TextName = {
  [Name in SettingName]: string extends SettingValues[Name] ? Name : never;
}[SettingName];

/** A setting that is one line of text. Empty: it is not set. */
export function TextSetting({
  name,
  required = false,
  suggestions,
}: {
  readonly name: TextName;
  readonly required?: boolean;
  readonly suggestions?: readonly string[];
}) {
  const { draft } = useSettingsForm();
  const listId = `${name}-suggestions`;
  return (
    <SettingField name={name} required={required}>
      <TextInput
        value={draft.valueOf(name) ?? ''}
        placeholder={draft.defaultOf(name) ?? ''}
        disabled={draft.isFixed(name)}
        autoComplete="off"
        list={suggestions && listId}
        onChange={({ target }) => draft.change(name, target.value === '' ? undefined : target.value)}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </SettingField>
  );
}
