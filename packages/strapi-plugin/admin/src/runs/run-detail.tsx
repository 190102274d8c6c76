import { Alert, Box, Button, Flex, Link, ProgressBar, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useEffect } from 'react';
import { useIntl } from 'react-intl';
import { NavLink, useNavigate, useParams } from 'react-router-dom';
import type { RunDetail as Run, RunState } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useSend } from '../asking/use-send.ts';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';
import { CancelRun } from './cancel-run.tsx';
import { ConfirmRun } from './confirm-run.tsx';
import { RunReport } from './run-report.tsx';
import { RunRows } from './run-rows.tsx';
import { RunStateChip } from './run-state-chip.tsx';
import { useDownload } from './use-download.ts';

const busy = new Set<RunState>(['checking', 'issuing']);
const over = new Set<RunState>(['done', 'stopped', 'cancelled', 'failed']);

/** How often a page that shows a busy run asks again, in milliseconds. */
const askAgainMs = 1_000;

/** One run: its progress, what would happen, the word it waits for, and what became of each row. */
export function RunDetail() {
  const { id = '' } = useParams();
  const words = useWords();
  const intl = useIntl();
  const { answer: run, problem, loading, reload } = useAnswer<Run>(`/seek-pass/runs/${id}`);
  const isBusy = run !== undefined && busy.has(run.state);
  useEffect(() => {
    if (!isBusy || loading) return undefined;
    const timer = setTimeout(reload, askAgainMs);
    return () => clearTimeout(timer);
  }, [isBusy, loading, reload]);
  if (run === undefined) {
    return (
      <Page.Main aria-busy={loading}>
        <Layouts.Header title={words('runs.title')} />
        <Layouts.Content>
          {loading ? <Page.Loading /> : <ProblemAlert problem={problem} onRetry={reload} />}
        </Layouts.Content>
      </Page.Main>
    );
  }
  const when = intl.formatDate(run.createdAt, { dateStyle: 'medium', timeStyle: 'short' });
  const who = run.own ? words('runs.you') : (run.startedBy ?? '');
  return (
    <Page.Main>
      <Page.Title>{words('runs.detail.title', { when })}</Page.Title>
      <Layouts.Header
        title={words('runs.detail.title', { when })}
        subtitle={words('runs.detail.about', {
          source: words(`runs.source.${run.source}`),
          mapping: run.mapping,
          who,
        })}
        navigationAction={
          <Link tag={NavLink} to="..">
            {words('runs.detail.back')}
          </Link>
        }
        primaryAction={<RunActions run={run} onChange={reload} />}
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ProblemAlert problem={problem} onRetry={reload} />
          <Box background="neutral0" padding={6} hasRadius shadow="tableShadow">
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Flex gap={3}>
                <RunStateChip state={run.state} />
                {run.retryOf !== null && <Typography>{words('runs.retry_of')}</Typography>}
              </Flex>
              <Progress run={run} />
              <Notice run={run} onChange={reload} />
              <RunReport run={run} />
              {run.state === 'waiting' && <ConfirmRun run={run} onConfirmed={reload} />}
            </Flex>
          </Box>
          {/* Asked anew when the run has come further, not with each look at its progress. */}
          {run.state !== 'checking' && <RunRows key={`${run.id} ${run.state}`} run={run} />}
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
}

function Progress({ run }: { readonly run: Run }) {
  const words = useWords();
  const { state, looked, decided, total } = run;
  if (!busy.has(state)) return null;
  const done = state === 'checking' ? looked : decided;
  const isCounting = state === 'checking' && run.source !== 'ticked' && run.retryOf === null;
  const text = words(
    isCounting
      ? 'runs.progress.counting'
      : state === 'checking'
        ? 'runs.progress.checking'
        : 'runs.progress.issuing',
    { looked, decided, total },
  );
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      {!isCounting && (
        <ProgressBar value={total === 0 ? 0 : Math.floor((100 * done) / total)} aria-label={text} size="M" />
      )}
      <Typography aria-live="polite">{text}</Typography>
    </Flex>
  );
}

/** What keeps the run from going on, and the button that lets it. */
function Notice({ run, onChange }: { readonly run: Run; readonly onChange: () => void }) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  if (run.problem !== null)
    return (
      <Alert variant="danger" title="" closeLabel="">
        {run.problem}
      </Alert>
    );
  if (run.state === 'stopped') return <Typography>{words('runs.stopped')}</Typography>;
  if (run.state !== 'paused' || run.pause === null) return null;
  const resume = async () => {
    await send('POST', `/seek-pass/runs/${run.id}/resume`);
    onChange();
  };
  return (
    <Flex direction="column" alignItems="flex-start" gap={3}>
      <Typography>{words(`runs.pause.${run.pause}`)}</Typography>
      <ProblemAlert problem={problem} />
      {run.own && (
        <Button onClick={() => void resume()} loading={sending}>
          {words('runs.resume')}
        </Button>
      )}
    </Flex>
  );
}

function RunActions({ run, onChange }: { readonly run: Run; readonly onChange: () => void }) {
  const words = useWords();
  const { may } = useMay();
  const { send, sending, problem } = useSend();
  const navigate = useNavigate();
  const { download, downloading } = useDownload(run.id);
  const hasRefused = run.results.refused > 0 || (over.has(run.state) && run.decided < run.total);
  const retry = async () => {
    const next = await send<Run>('POST', `/seek-pass/runs/${run.id}/retry`);
    if (next !== undefined) navigate(`../${next.id}`);
  };
  return (
    <Flex gap={2} wrap="wrap">
      <ProblemAlert problem={problem} />
      {!over.has(run.state) && <CancelRun id={run.id} onCancelled={onChange} />}
      {run.state !== 'checking' && may('export') && (
        <Button variant="tertiary" loading={downloading} onClick={() => void download()}>
          {words('runs.download')}
        </Button>
      )}
      {over.has(run.state) && hasRefused && (
        <Button variant="secondary" loading={sending} onClick={() => void retry()}>
          {words('runs.retry')}
        </Button>
      )}
    </Flex>
  );
}
