import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { IssuanceMail } from '../../../contract/issuances.ts';
import { useWords } from '../words/use-words.ts';

const kinds = ['claim', 'reminder', 'resend', 'code', 'address_changed'] as const;
const fates = [
  'intended',
  'sending',
  'accepted',
  'deferred',
  'refused',
  'unknown',
  'bounced',
  'replaced',
  'not_needed',
] as const;

/** What became of each mail about an award. */
export function IssuanceMails({ mails }: { readonly mails: readonly IssuanceMail[] }) {
  const words = useWords();
  const intl = useIntl();
  if (mails.length === 0)
    return <Typography textColor="neutral600">{words('issuances.mails.none')}</Typography>;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
      {mails.map(({ id, kind, state, createdAt, sentAt }) => {
        const knownKind = kinds.find((one) => one === kind);
        const fate = fates.find((one) => one === state);
        return (
          <Box tag="li" key={id}>
            <Typography tag="p" textColor="neutral800">
              {knownKind === undefined ? kind : words(`awards.mail.${knownKind}`)}
              {': '}
              {fate === undefined ? state : words(`issuances.mail.${fate}`)}
            </Typography>
            <Typography tag="p" variant="pi" textColor="neutral600">
              {intl.formatDate(sentAt ?? createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
            </Typography>
          </Box>
        );
      })}
    </Flex>
  );
}
