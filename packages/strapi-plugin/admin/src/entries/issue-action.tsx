import type { DocumentActionComponent } from '@strapi/content-manager/strapi-admin';
import { Key } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import { lazy, Suspense, useMemo } from 'react';
import { useHas } from '../permissions/use-has.ts';
import { useWords } from '../words/use-words.ts';
import { useIsMapped } from './mapped-content-types.ts';
import { whyNotIssued } from './publishing.ts';
import { useLocaleAsked } from './use-locale-asked.ts';

const ChooseAndIssue = lazy(async () => ({
  default: (await import('./choose-and-issue.tsx')).ChooseAndIssue,
}));

/** "Issue to SEEK Pass" in the menu of an entry, and of each row of a list. Strapi calls it like a hook. */
export const IssueAction: DocumentActionComponent = ({ model, documentId, document }) => {
  const words = useWords();
  const has = useHas();
  const mapped = useIsMapped(model);
  const locale = useLocaleAsked();
  const unsaved = useForm('SEEK Pass', (state) => state.modified, false) ?? false;
  // A component of its own at each turn would forget what it knows.
  const Content = useMemo(
    () =>
      function IssueContent({ onClose }: { readonly onClose: () => void }) {
        return (
          <Suspense fallback={null}>
            <ChooseAndIssue
              place={{
                contentType: model,
                documentId: documentId ?? '',
                ...(locale === undefined ? {} : { locale }),
              }}
              onClose={onClose}
            />
          </Suspense>
        );
      },
    [model, documentId, locale],
  );
  if (!mapped || !has('read') || !has('issue')) return null;
  if (documentId === undefined || document?.documentId === undefined) return null;
  const whyNot = whyNotIssued({ unsaved, status: document.status });
  return {
    label:
      whyNot === undefined ? words('entries.action') : words('entries.actionNot', { why: words(whyNot) }),
    icon: <Key />,
    disabled: whyNot !== undefined,
    position: ['panel', 'table-row'],
    dialog: { type: 'modal', title: words('entries.dialog'), content: Content },
  };
};
