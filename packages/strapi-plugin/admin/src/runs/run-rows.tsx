import {
  Box,
  Button,
  Field,
  Flex,
  Link,
  SingleSelect,
  SingleSelectOption,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';
import { NavLink } from 'react-router-dom';
import type { RunDetail, RunRowsPage, RunRowView } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';

/** The rows of a run, page by page, all or the refused ones. */
export function RunRows({ run }: { readonly run: RunDetail }) {
  const words = useWords();
  const [only, setOnly] = useState<'all' | 'refused'>(
    run.results.refused + run.planned.refused > 0 ? 'refused' : 'all',
  );
  const [after, setAfter] = useState(0);
  const filter = only === 'refused' ? '&only=refused' : '';
  const { answer, problem, reload } = useAnswer<RunRowsPage>(
    `/seek-pass/runs/${run.id}/rows?after=${after}${filter}`,
    { keepFormer: true },
  );
  const show = (value: string | number) => {
    setAfter(0);
    setOnly(value === 'refused' ? 'refused' : 'all');
  };
  return (
    <Box background="neutral0" padding={6} hasRadius shadow="tableShadow">
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex justifyContent="space-between" alignItems="flex-end" wrap="wrap" gap={4}>
          <Typography variant="delta" tag="h2">
            {words('runs.rows.heading')}
          </Typography>
          <Field.Root name="only">
            <Field.Label>{words('runs.rows.show')}</Field.Label>
            <SingleSelect value={only} onChange={show}>
              <SingleSelectOption value="all">{words('runs.rows.all')}</SingleSelectOption>
              <SingleSelectOption value="refused">{words('runs.rows.refused')}</SingleSelectOption>
            </SingleSelect>
          </Field.Root>
        </Flex>
        <ProblemAlert problem={problem} onRetry={reload} />
        {answer?.rows.length === 0 && <Typography>{words('runs.rows.none')}</Typography>}
        {answer !== undefined && answer.rows.length > 0 && <RowsTable run={run} rows={answer.rows} />}
        <Flex gap={2} justifyContent="flex-end">
          {after > 0 && (
            <Button variant="tertiary" onClick={() => setAfter(0)}>
              {words('runs.rows.first')}
            </Button>
          )}
          {answer != null && answer.next !== null && (
            <Button variant="tertiary" onClick={() => setAfter(answer.next ?? 0)}>
              {words('runs.rows.next')}
            </Button>
          )}
        </Flex>
      </Flex>
    </Box>
  );
}

function RowsTable({ run, rows }: { readonly run: RunDetail; readonly rows: readonly RunRowView[] }) {
  const words = useWords();
  const titles = ['number', 'what', 'result', 'findings'] as const;
  return (
    <Table colCount={titles.length} rowCount={rows.length + 1} aria-label={words('runs.rows.heading')}>
      <Thead>
        <Tr>
          {titles.map((title) => (
            <Th key={title}>
              <Typography variant="sigma">{words(`runs.rows.${title}`)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.row}>
            <Td>
              <Typography>{row.row}</Typography>
            </Td>
            <Td>
              <What run={run} row={row} />
            </Td>
            <Td>
              <Typography textColor={(row.result ?? row.planned) === 'refused' ? 'danger600' : 'neutral800'}>
                <Result row={row} />
              </Typography>
            </Td>
            <Td>
              <Box maxWidth="60rem">
                {row.findings.map(({ field, code, message, remedy }) => (
                  <Typography tag="p" key={`${code} ${field} ${message}`} style={{ whiteSpace: 'normal' }}>
                    {`${field === '' ? '' : `${field}: `}${message}. ${remedy}`}
                  </Typography>
                ))}
              </Box>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function What({ run, row }: { readonly run: RunDetail; readonly row: RunRowView }) {
  const words = useWords();
  if (run.contentType === null) return <Typography>{row.label ?? words('runs.rows.hidden')}</Typography>;
  if (row.documentId === undefined) return <Typography>{words('runs.rows.hidden')}</Typography>;
  const to = `/content-manager/collection-types/${run.contentType}/${row.documentId}`;
  return (
    <Link tag={NavLink} to={to}>
      {row.label ?? words('runs.rows.entry')}
    </Link>
  );
}

function Result({ row: { result, planned } }: { readonly row: RunRowView }) {
  const words = useWords();
  if (result !== null) return words(`runs.row.${result}`);
  if (planned === null) return words('runs.row.open');
  return words('runs.row.would', { result: words(`runs.row.${planned}`) });
}
