import { Typography } from '@strapi/design-system';
import type { SettingsAnswer } from '../../../contract/settings.ts';
import { useWords } from '../words/use-words.ts';
import { Notice } from './notice.tsx';
import { SettingsSection } from './settings-section.tsx';

/** Where the keys are, and that they need a backup. Nothing of it is changed here. */
export function KeysSection({ keys, works }: Pick<SettingsAnswer, 'keys' | 'works'>) {
  const words = useWords();
  return (
    <SettingsSection title={words('settings.keys.title')}>
      <Typography>
        {keys.in === 'file'
          ? words('settings.keys.file', { file: keys.file })
          : words('settings.keys.environment')}
      </Typography>
      <Notice>{words('settings.keys.backup')}</Notice>
      <Typography>{words(works ? 'settings.keys.works' : 'settings.keys.worksNot')}</Typography>
    </SettingsSection>
  );
}
