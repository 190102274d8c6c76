import type { PanelComponent } from '@strapi/content-manager/strapi-admin';
import { useForm } from '@strapi/strapi/admin';
import { lazy, Suspense } from 'react';
import { useHas } from '../permissions/use-has.ts';
import { useWords } from '../words/use-words.ts';
import { useIsMapped } from './mapped-content-types.ts';
import { whyNotIssued } from './publishing.ts';
import { useLocaleAsked } from './use-locale-asked.ts';

const EntryAwardList = lazy(async () => ({
  default: (await import('./entry-award-list.tsx')).EntryAwardList,
}));

/** The panel beside an entry. Strapi calls it like a hook. */
export const EntryAwardsPanel: PanelComponent = ({ model, documentId, document }) => {
  const words = useWords();
  const has = useHas();
  const mapped = useIsMapped(model);
  const locale = useLocaleAsked();
  const unsaved = useForm('SEEK Pass', (state) => state.modified, false) ?? false;
  // An entry that is being made, or copied, has nothing yet.
  if (!mapped || !has('read') || documentId === undefined || document?.documentId === undefined) return null;
  return {
    title: words('entries.panel'),
    content: (
      <Suspense fallback={null}>
        <EntryAwardList
          key={`${documentId} ${locale ?? ''}`}
          place={{ contentType: model, documentId, ...(locale === undefined ? {} : { locale }) }}
          savedAt={String(document.updatedAt ?? '')}
          whyNot={whyNotIssued({ unsaved, status: document.status })}
        />
      </Suspense>
    ),
  };
};
