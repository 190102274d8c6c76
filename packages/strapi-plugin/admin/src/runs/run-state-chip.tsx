import { Badge } from '@strapi/design-system';
import type { RunState } from '../../../contract/runs.ts';
import { useWords } from '../words/use-words.ts';

type Colour = 'neutral150' | `${'primary' | 'secondary' | 'success' | 'warning' | 'danger'}100`;

const colours: Readonly<Record<RunState, Colour>> = {
  checking: 'secondary100',
  waiting: 'primary100',
  issuing: 'secondary100',
  paused: 'warning100',
  done: 'success100',
  stopped: 'danger100',
  cancelled: 'neutral150',
  failed: 'danger100',
};

/** How far a run is: always in words. */
export function RunStateChip({ state }: { readonly state: RunState }) {
  const words = useWords();
  // Not a variant of Strapi: those have texts that are too faint, and keep them whatever colour is asked for.
  return (
    <Badge backgroundColor={colours[state]} textColor="neutral800">
      {words(`runs.state.${state}`)}
    </Badge>
  );
}
