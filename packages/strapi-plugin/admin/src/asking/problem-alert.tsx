import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';
import type { Problem } from './problem.ts';

/** Shows a problem, and lets whoever looks try again. Screen readers say it at once. */
export function ProblemAlert({
  problem,
  onRetry,
}: {
  readonly problem: Problem | undefined;
  readonly onRetry?: () => void;
}) {
  const words = useWords();
  if (problem === undefined) return null;
  return (
    <Box role="alert" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Flex gap={4} justifyContent="space-between" wrap="wrap">
        <Typography textColor="danger700">{problem.message}</Typography>
        {onRetry && (
          <Button variant="tertiary" size="S" onClick={onRetry}>
            {words('shell.retry')}
          </Button>
        )}
      </Flex>
    </Box>
  );
}
