import { Badge } from '@strapi/design-system';
import type { ComponentProps } from 'react';
import type { RunState } from '../../../contract/runs.ts';
import { useWords } from '../words/use-words.ts';

type Variant = NonNullable<ComponentProps<typeof Badge>['variant']>;

const colours: Readonly<Record<RunState, Variant>> = {
  checking: 'secondary',
  waiting: 'primary',
  issuing: 'secondary',
  paused: 'warning',
  done: 'success',
  stopped: 'danger',
  cancelled: 'neutral',
  failed: 'danger',
};

/** How far a run is: always in words. */
export function RunStateChip({ state }: { readonly state: RunState }) {
  const words = useWords();
  const text = words(`runs.state.${state}`);
  if (colours[state] !== 'danger') return <Badge variant={colours[state]}>{text}</Badge>;
  // Strapi's own colours for dangers have too little contrast.
  return (
    <Badge backgroundColor="danger100" textColor="danger700">
      {text}
    </Badge>
  );
}
