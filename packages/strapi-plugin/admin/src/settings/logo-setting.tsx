import { Button, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { useRef, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { SettingField } from './setting-field.tsx';
import { useSettingsForm } from './settings-form-context.ts';

const largestBytes = 8 * 1024;

/** A small picture, kept among the settings: claim pages and mails load nothing from elsewhere. */
export function LogoSetting() {
  const words = useWords();
  const { draft } = useSettingsForm();
  const input = useRef<HTMLInputElement>(null);
  const [tooLarge, setTooLarge] = useState(false);
  const logo = draft.valueOf('brand.logo');
  const fixed = draft.isFixed('brand.logo');

  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setTooLarge(file.size > largestBytes);
    if (file.size <= largestBytes) draft.change('brand.logo', await asDataUrl(file));
  };

  return (
    <SettingField name="brand.logo">
      <Flex gap={4} wrap="wrap">
        {logo !== undefined && (
          <img src={logo} alt={words('settings.pages.logo.shown')} style={{ maxHeight: 48 }} />
        )}
        {!fixed && (
          <>
            <VisuallyHidden>
              <input
                ref={input}
                type="file"
                tabIndex={-1}
                aria-hidden
                accept="image/png,image/jpeg,image/webp"
                onChange={({ target }) => void take(target.files?.[0])}
              />
            </VisuallyHidden>
            <Button variant="tertiary" onClick={() => input.current?.click()}>
              {words('settings.pages.logo.choose')}
            </Button>
            {logo !== undefined && (
              <Button variant="tertiary" onClick={() => draft.change('brand.logo', undefined)}>
                {words('settings.pages.logo.remove')}
              </Button>
            )}
          </>
        )}
      </Flex>
      {tooLarge && (
        <Typography role="alert" textColor="danger600" variant="pi">
          {words('settings.pages.logo.tooLarge')}
        </Typography>
      )}
    </SettingField>
  );
}

function asDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file cannot be read.')));
    reader.readAsDataURL(file);
  });
}
