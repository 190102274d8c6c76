import { Box, Flex, Status, Typography } from '@strapi/design-system';
import type { ConnectionState } from '../../../contract/settings.ts';
import { useWords } from '../words/use-words.ts';
import { withLabels } from './setting-labels.ts';

/** Whether the site is connected, to what, and what to do when it is not. */
export function ConnectionStanding({ state }: { readonly state: ConnectionState }) {
  const words = useWords();
  const { connected, environment, problem, stopped } = state;
  return (
    <Box role="status">
      <Flex gap={2} wrap="wrap">
        {/* Strapi's own colours of the texts have too little contrast. */}
        <Status variant={connected ? 'success' : 'warning'} size="S">
          <Typography variant="omega" fontWeight="bold" textColor="neutral800">
            {connected ? words('settings.connected', { environment }) : words('settings.notConnected')}
          </Typography>
        </Status>
        {stopped && (
          <Status variant="danger" size="S">
            <Typography variant="omega" fontWeight="bold" textColor="neutral800">
              {words('settings.stopped')}
            </Typography>
          </Status>
        )}
      </Flex>
      {problem?.split('\n').map((sentence) => (
        <Typography key={sentence} tag="p" paddingTop={2}>
          {withLabels(sentence, words)}
        </Typography>
      ))}
    </Box>
  );
}
