import { Alert, Button } from '@strapi/design-system';
import { useWords } from '../words/use-words.ts';
import type { Problem } from './problem.ts';

/** Shows a problem, and lets whoever looks try again. */
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
    <Alert
      variant="danger"
      title={words('shell.error.title')}
      closeLabel=""
      action={
        onRetry === undefined ? undefined : (
          <Button variant="tertiary" size="S" onClick={onRetry}>
            {words('shell.retry')}
          </Button>
        )
      }
    >
      {problem.message}
    </Alert>
  );
}
