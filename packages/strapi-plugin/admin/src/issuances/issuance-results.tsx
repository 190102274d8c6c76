import { Box, Button, EmptyStateLayout, Flex, Loader } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { IssuancePage } from '../../../contract/issuances.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';
import type { FilterInUrl } from './filter-in-url.ts';
import { IssuanceTable } from './issuance-table.tsx';

/** What is listed: everything, what a filter leaves, or what a search found. */
interface Listed {
  readonly filter: FilterInUrl;
  readonly query: string;
  readonly text: string;
  readonly onClear: () => void;
}

/** The list, page by page. */
export function IssuanceResults(listed: Listed) {
  const { query, text } = listed;
  const words = useWords();
  /** Where this page begins, and those before it. */
  const [pages, setPages] = useState<readonly string[]>([]);
  const after = pages.at(-1);
  const { answer, loading, problem, reload } = useAnswer<IssuancePage>(
    text === '' ? `/seek-pass/issuances?${withPage(query, after)}` : '/seek-pass/issuances/search',
    { keepFormer: true, ...(text === '' ? {} : { body: { text, ...(after && { after }) } }) },
  );
  if (problem !== undefined) return <ProblemAlert problem={problem} onRetry={reload} />;
  if (answer === undefined) return <Page.Loading />;
  const { issuances, next } = answer;
  if (issuances.length === 0) return <Nothing {...listed} />;
  return (
    <Box aria-busy={loading}>
      <IssuanceTable issuances={issuances} />
      <Flex tag="nav" aria-label={words('issuances.pages')} gap={2} paddingTop={4} justifyContent="flex-end">
        {loading && <Loader small>{words('issuances.loading')}</Loader>}
        <Button
          variant="tertiary"
          disabled={pages.length === 0 || loading}
          onClick={() => setPages(pages.slice(0, -1))}
        >
          {words('issuances.newer')}
        </Button>
        <Button
          variant="tertiary"
          disabled={next === undefined || loading}
          onClick={() => next !== undefined && setPages([...pages, next])}
        >
          {words('issuances.older')}
        </Button>
      </Flex>
    </Box>
  );
}

function withPage(query: string, after: string | undefined): string {
  const params = new URLSearchParams(query);
  if (after !== undefined) params.set('after', after);
  return params.toString();
}

/** An empty list says why it is, and what to do. */
function Nothing({ filter, text, onClear }: Listed) {
  const words = useWords();
  if (text !== '') return <EmptyStateLayout content={words('issuances.empty.search')} />;
  if (Object.keys(filter).length === 0) return <EmptyStateLayout content={words('issuances.empty.none')} />;
  const calm = filter.attention !== undefined && Object.keys(filter).length === 1;
  return (
    <EmptyStateLayout
      content={words(calm ? 'issuances.empty.calm' : 'issuances.empty.filter')}
      action={
        <Button variant="secondary" onClick={onClear}>
          {words('issuances.filter.clear')}
        </Button>
      }
    />
  );
}
