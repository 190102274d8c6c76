import { Box, Typography } from '@strapi/design-system';
import type { MappingFinding } from '../../../contract/mapping.ts';
import { useWords } from '../words/use-words.ts';

/** What to mend or to look at. In words which of the two it is: the colour only helps. */
export function Findings({ findings }: { readonly findings: readonly MappingFinding[] }) {
  const words = useWords();
  if (findings.length === 0) return null;
  return (
    <Box tag="ul">
      {findings.map(({ target, severity, message, remedy }) => {
        const isError = severity === 'error';
        return (
          <Box
            tag="li"
            key={`${target} ${message}`}
            background={isError ? 'danger100' : 'warning100'}
            hasRadius
            padding={3}
            marginBottom={2}
          >
            <Typography variant="omega" textColor={isError ? 'danger700' : 'neutral800'}>
              <strong>{words(isError ? 'entries.finding.error' : 'entries.finding.warning')}</strong>
              {` ${message}. ${remedy}`}
            </Typography>
          </Box>
        );
      })}
    </Box>
  );
}
