import { Flex } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { Problem } from '../asking/problem.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useWords } from '../words/use-words.ts';
import { ExportButton } from './export-button.tsx';
import { useFilterInUrl } from './filter-in-url.ts';
import { IssuanceFilters } from './issuance-filters.tsx';
import { IssuanceResults } from './issuance-results.tsx';
import { IssuanceSearch } from './issuance-search.tsx';

/** The page of the list. */
export function IssuanceList() {
  const words = useWords();
  const { filter, query, change, clear } = useFilterInUrl();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem>();
  return (
    <Page.Main>
      <Page.Title>{words('issuances.title')}</Page.Title>
      <Layouts.Header
        title={words('issuances.title')}
        subtitle={words('issuances.subtitle')}
        primaryAction={<ExportButton query={query} onProblem={setProblem} />}
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <ProblemAlert problem={problem} />
          <IssuanceSearch text={text} onSearch={setText} />
          <IssuanceFilters filter={filter} change={change} clear={clear} disabled={text !== ''} />
          {/* Another question begins at its first page. */}
          <IssuanceResults
            key={`${query} ${text}`}
            filter={filter}
            query={query}
            text={text}
            onClear={clear}
          />
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
}
