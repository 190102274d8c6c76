import { Badge } from '@strapi/design-system';
import type { ShownAwardState } from '../../../contract/award-states.ts';
import { useWords } from '../words/use-words.ts';

type Colour = 'neutral150' | `${'primary' | 'secondary' | 'success' | 'warning' | 'danger'}100`;

const colours: Readonly<Record<ShownAwardState, Colour>> = {
  not_issued: 'neutral150',
  ready: 'primary100',
  submitted: 'secondary100',
  added: 'success100',
  declined: 'warning100',
  closed: 'warning100',
  rejected: 'danger100',
  withdrawn: 'neutral150',
  superseded: 'neutral150',
  erased: 'neutral150',
};

/** Where an award stands: always in words, the colour only helps. */
export function StateChip({ state }: { readonly state: ShownAwardState }) {
  const words = useWords();
  // Not a variant of Strapi: those have texts that are too faint, and keep them whatever colour is asked for.
  return (
    <Badge backgroundColor={colours[state]} textColor="neutral800">
      {words(`awards.state.${state}`)}
    </Badge>
  );
}
