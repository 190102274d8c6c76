import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { AwardHistoryLine } from '../../../contract/award-history.ts';
import { useWords } from '../words/use-words.ts';
import { detailInWords, eventInWords, whoInWords } from './event-words.ts';

/** What happened to an award, line by line as it is given. */
export function AwardHistory({ lines }: { readonly lines: readonly AwardHistoryLine[] }) {
  const words = useWords();
  const intl = useIntl();
  return (
    <Flex tag="ol" direction="column" alignItems="stretch" gap={3}>
      {lines.map((line, at) => {
        const detail = detailInWords(line, words);
        return (
          // Lines are only added, at the end: the place is stable.
          <Box
            tag="li"
            key={at}
            paddingLeft={3}
            borderStyle="solid"
            borderWidth="0 0 0 2px"
            borderColor="neutral200"
          >
            <Typography tag="p" variant="omega" textColor="neutral800">
              {eventInWords(line, words)}
              {detail === undefined ? '' : ` (${detail})`}
            </Typography>
            <Typography tag="p" variant="pi" textColor="neutral600">
              <time dateTime={new Date(line.at).toISOString()}>
                {intl.formatDate(line.at, { dateStyle: 'medium', timeStyle: 'short' })}
              </time>
              {` · ${whoInWords(line, words)}`}
            </Typography>
          </Box>
        );
      })}
    </Flex>
  );
}
