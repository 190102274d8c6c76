import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';
import { LogoSetting } from './logo-setting.tsx';
import { SettingField } from './setting-field.tsx';
import { useSettingsForm } from './settings-form-context.ts';
import { SettingsSection } from './settings-section.tsx';
import { TextSetting } from './text-setting.tsx';

/** Where learners claim, and what they see there and in mails. */
export function ClaimPagesSection() {
  const words = useWords();
  const { draft } = useSettingsForm();
  return (
    <SettingsSection title={words('settings.pages.title')}>
      <TextSetting name="claimBaseUrl" />
      <TextSetting name="brand.name" required />
      <TextSetting name="brand.colour" />
      <LogoSetting />
      <TextSetting name="brand.helpEmail" />
      <SettingField name="defaultLocale">
        <SingleSelect
          value={draft.valueOf('defaultLocale') ?? draft.defaultOf('defaultLocale') ?? null}
          disabled={draft.isFixed('defaultLocale')}
          onChange={(value) => draft.change('defaultLocale', String(value))}
        >
          {draft.answer.choices.locales.map((locale) => (
            <SingleSelectOption key={locale} value={locale}>
              {nameOf(locale)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </SettingField>
    </SettingsSection>
  );
}

/** A language by its own name. */
function nameOf(locale: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
}
