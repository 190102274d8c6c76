import { Box, Button, Flex, Link, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { Layouts, Page, useFetchClient } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { NavLink } from 'react-router-dom';
import type { RunSummary } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';
import { RunStateChip } from './run-state-chip.tsx';

interface RunsAnswer {
  readonly runs: readonly RunSummary[];
  readonly next: string | null;
}

/** Every run, newest first. */
export function RunsList() {
  const words = useWords();
  const { get } = useFetchClient();
  const { answer, loading, problem, reload } = useAnswer<RunsAnswer>('/seek-pass/runs');
  const [older, setOlder] = useState<RunsAnswer>();
  const runs = [...(answer?.runs ?? []), ...(older?.runs ?? [])];
  const next = older === undefined ? answer?.next : older.next;
  const showOlder = async () => {
    const { data } = await get<RunsAnswer>(`/seek-pass/runs?before=${next ?? ''}`);
    setOlder({ runs: [...(older?.runs ?? []), ...data.runs], next: data.next });
  };
  return (
    <Page.Main>
      <Page.Title>{words('runs.title')}</Page.Title>
      <Layouts.Header title={words('runs.title')} subtitle={words('runs.subtitle')} />
      <Layouts.Content>
        <ProblemAlert problem={problem} onRetry={reload} />
        {loading && answer === undefined && <Page.Loading />}
        {answer !== undefined && runs.length === 0 && (
          <Box background="neutral0" padding={8} hasRadius shadow="tableShadow">
            <Typography>{words('runs.empty')}</Typography>
          </Box>
        )}
        {runs.length > 0 && <RunsTable runs={runs} />}
        {next && (
          <Flex paddingTop={4} justifyContent="center">
            <Button variant="tertiary" onClick={() => void showOlder()}>
              {words('runs.more')}
            </Button>
          </Flex>
        )}
      </Layouts.Content>
    </Page.Main>
  );
}

function RunsTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  const words = useWords();
  const intl = useIntl();
  const titles = ['started', 'what', 'by', 'rows', 'state'] as const;
  return (
    <Table colCount={titles.length} rowCount={runs.length + 1} aria-label={words('runs.title')}>
      <Thead>
        <Tr>
          {titles.map((title) => (
            <Th key={title}>
              <Typography variant="sigma">{words(`runs.column.${title}`)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {runs.map((run) => {
          const when = intl.formatDate(run.createdAt, { dateStyle: 'medium', timeStyle: 'short' });
          return (
            <Tr key={run.id}>
              <Td>
                <Link tag={NavLink} to={run.id} aria-label={words('runs.open', { when })}>
                  {when}
                </Link>
              </Td>
              <Td>
                <Typography>{`${words(`runs.source.${run.source}`)} · ${run.mapping}`}</Typography>
              </Td>
              <Td>
                <Typography>{run.own ? words('runs.you') : run.startedBy}</Typography>
              </Td>
              <Td>
                <Typography>{intl.formatNumber(run.total)}</Typography>
              </Td>
              <Td>
                <Flex>
                  <RunStateChip state={run.state} />
                </Flex>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </Table>
  );
}
