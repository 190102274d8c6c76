import { Flex, Typography } from '@strapi/design-system';
import { StateChip } from '../awards/state-chip.tsx';
import { useWords } from '../words/use-words.ts';
import { wordLabel } from '../words/word-label.ts';
import { isMapped } from './mapped-content-types.ts';
import { useEntryStates } from './use-entry-states.ts';

interface ListColumns {
  readonly displayedHeaders: readonly unknown[];
  readonly layout: unknown;
}

/** Adds the column with the state to lists of content types that have a mapping. Strapi calls it once a list. */
export function addStateColumn<Columns extends ListColumns>(columns: Columns): Columns {
  const contentType = contentTypeOfPage();
  if (contentType === undefined || !isMapped(contentType)) return columns;
  const column = {
    name: 'seek-pass',
    label: wordLabel('entries.panel'),
    searchable: false,
    sortable: false,
    cellFormatter: (
      row: { readonly documentId: string },
      _header: unknown,
      { model }: { readonly model: string },
    ) => <StateCell contentType={model} documentId={row.documentId} />,
  };
  return { ...columns, displayedHeaders: [...columns.displayedHeaders, column] };
}

/** The hook is told nothing about the content type. */
function contentTypeOfPage(): string | undefined {
  const found = /\/content-manager\/collection-types\/([^/?#]+)/.exec(window.location.pathname)?.[1];
  return found === undefined ? undefined : decodeURIComponent(found);
}

function StateCell({
  contentType,
  documentId,
}: {
  readonly contentType: string;
  readonly documentId: string;
}) {
  const words = useWords();
  const states = useEntryStates(contentType, documentId);
  if (states === undefined || states.length === 0) return <Typography textColor="neutral600">–</Typography>;
  return (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {states.map(({ mapping, label, state, changed }) => (
        <Flex key={mapping} gap={2} wrap="wrap">
          {states.length > 1 && (
            <Typography variant="pi" textColor="neutral600">
              {label}
            </Typography>
          )}
          <StateChip state={state} />
          {changed && (
            <Typography variant="pi" textColor="neutral700">
              {words('entries.changedShort')}
            </Typography>
          )}
        </Flex>
      ))}
    </Flex>
  );
}
