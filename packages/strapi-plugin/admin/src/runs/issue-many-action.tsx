import { Loader } from '@strapi/design-system';
import type { ContentManagerPlugin } from '@strapi/content-manager/strapi-admin';
import { lazy, Suspense } from 'react';
import { useIsMapped } from '../entries/mapped-content-types.ts';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';

const IssueManyDialog = lazy(async () => {
  const dialog = await import('./issue-many-dialog.tsx');
  return { default: dialog.IssueManyDialog };
});

type BulkActions = Parameters<ContentManagerPlugin['config']['apis']['addBulkAction']>[0];
type BulkAction = Extract<BulkActions, readonly unknown[]>[number];

/** The button on ticked rows of the Content Manager: for entries that a mapping is for, and whoever may issue many. */
export const issueManyAction: BulkAction = ({ documents, model }) => {
  const words = useWords();
  const { may } = useMay();
  // Known before the list is shown: a button that comes later than the ticks is not found, or moves what was about to be pressed.
  const mapped = useIsMapped(model);
  if (!mapped || !may('bulk-issue')) return null;
  return {
    label: words('runs.many.action'),
    variant: 'secondary',
    dialog: {
      type: 'modal',
      title: words('runs.many.title'),
      content: ({ onClose }) => (
        <Suspense fallback={<Loader />}>
          <IssueManyDialog
            contentType={model}
            documentIds={documents.map(({ documentId }) => documentId)}
            onClose={onClose}
          />
        </Suspense>
      ),
    },
  };
};
