import { LinkButton } from '@strapi/design-system';
import { Link, useParams } from 'react-router-dom';
import { pluginId } from '../../../contract/plugin-id.ts';
import { useWords } from '../words/use-words.ts';
import { useAwardsChanged, useWhileWaiting } from './awards-changed.ts';
import { useIsMapped } from './mapped-content-types.ts';
import { askAboutWaiting, askStatesAgain } from './states-of-page.ts';

/** Above a list: leads to the issuances of its content type, where they can be filtered by state. Keeps the states of the list fresh. */
export function IssuancesLink() {
  const words = useWords();
  const { slug = '' } = useParams();
  const mapped = useIsMapped(slug);
  useAwardsChanged(askStatesAgain);
  useWhileWaiting(askAboutWaiting, mapped);
  if (!mapped) return null;
  return (
    <LinkButton
      tag={Link}
      to={`/plugins/${pluginId}/issuances?contentType=${encodeURIComponent(slug)}`}
      variant="tertiary"
      size="S"
    >
      {words('entries.issuances')}
    </LinkButton>
  );
}
