import { Badge } from '@strapi/design-system';
import type { ComponentProps } from 'react';
import type { ShownAwardState } from '../../../contract/award-states.ts';
import { useWords } from '../words/use-words.ts';

type Variant = NonNullable<ComponentProps<typeof Badge>['variant']>;

const colours: Readonly<Record<ShownAwardState, Variant>> = {
  not_issued: 'neutral',
  ready: 'primary',
  submitted: 'secondary',
  added: 'success',
  declined: 'warning',
  closed: 'warning',
  rejected: 'danger',
  withdrawn: 'neutral',
  superseded: 'neutral',
  erased: 'neutral',
};

/** Where an award stands: always in words, the colour only helps. */
export function StateChip({ state }: { readonly state: ShownAwardState }) {
  const words = useWords();
  // The colours of Strapi's own texts on these are too faint in its dark theme.
  return (
    <Badge variant={colours[state]} textColor="neutral800">
      {words(`awards.state.${state}`)}
    </Badge>
  );
}
