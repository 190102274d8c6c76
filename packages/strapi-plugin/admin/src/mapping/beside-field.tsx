import { Box, Typography } from '@strapi/design-system';
import type { MappingFinding } from '../../../contract/mapping.ts';
import { useWords } from '../words/use-words.ts';

const colours = { error: 'danger700', warning: 'warning700', info: 'neutral700' } as const;

/** What was found about one field, under it. `id` is what the field is described by. */
export function BesideField({
  id,
  findings,
}: {
  readonly id: string;
  readonly findings: readonly MappingFinding[];
}) {
  const words = useWords();
  return (
    <Box id={id} paddingTop={findings.length === 0 ? 0 : 2}>
      {findings.map(({ severity, message, remedy }) => (
        <Typography key={message} tag="p" variant="pi" textColor={colours[severity]}>
          <strong>{words(`mapping.severity.${severity}`)}</strong> {`${message}. ${remedy}`}
        </Typography>
      ))}
    </Box>
  );
}
