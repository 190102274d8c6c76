import { NumberInput } from '@strapi/design-system';
import { SettingField } from './setting-field.tsx';
import { useSettingsForm } from './settings-form-context.ts';

/** A limit: a whole number, or none. */
export function NumberSetting({ name }: { readonly name: 'mailLimits.perMinute' | 'mailLimits.perDay' }) {
  const { draft } = useSettingsForm();
  const value = draft.valueOf(name);
  return (
    <SettingField name={name}>
      <NumberInput
        {...(value === undefined ? {} : { value })}
        disabled={draft.isFixed(name)}
        onValueChange={(next) => draft.change(name, next)}
      />
    </SettingField>
  );
}
