import { Loader } from '@strapi/design-system';
import type { ContentManagerPlugin } from '@strapi/content-manager/strapi-admin';
import { lazy, Suspense } from 'react';
import type { MappingChoices } from '../../../contract/runs.ts';
import { useAnswer } from '../asking/use-answer.ts';
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
  const { answer } = useAnswer<MappingChoices>(
    may('bulk-issue') ? `/seek-pass/run-mappings?contentType=${encodeURIComponent(model)}` : undefined,
  );
  if (!may('bulk-issue') || (answer?.mappings.length ?? 0) === 0) return null;
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
