import { Flex, Typography } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';
import { NumberSetting } from './number-setting.tsx';
import { SettingsSection } from './settings-section.tsx';
import { TextSetting } from './text-setting.tsx';

/** Who mails come from, and how many. */
export function MailSection() {
  const words = useWords();
  return (
    <SettingsSection title={words('settings.mail.title')}>
      <Typography textColor="neutral600">{words('settings.mail.provider')}</Typography>
      <TextSetting name="sender.name" />
      <TextSetting name="sender.address" />
      <TextSetting name="sender.replyTo" />
      <Flex gap={4} alignItems="flex-start">
        <NumberSetting name="mailLimits.perMinute" />
        <NumberSetting name="mailLimits.perDay" />
      </Flex>
    </SettingsSection>
  );
}
