import { Box, Button, EmptyStateLayout, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { Approval, ApprovalPage } from '../../../contract/automation.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { ApprovalTable } from '../automation/approval-table.tsx';
import { useAwardsChanged } from '../entries/awards-changed.ts';
import { useWords } from '../words/use-words.ts';

// The shell loads the default export of a page.
export default function ApprovalsPage() {
  const words = useWords();
  const [former, setFormer] = useState<readonly Approval[]>([]);
  const [cursor, setCursor] = useState<string>();
  const path = `/seek-pass/approvals${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`;
  const { answer, loading, problem, reload } = useAnswer<ApprovalPage>(path);
  useAwardsChanged(reload);
  const approvals = [...former, ...(answer?.approvals ?? [])];
  const more = () => {
    setFormer(approvals);
    setCursor(answer?.cursor);
  };
  const fromTheStart = () => {
    setFormer([]);
    setCursor(undefined);
    reload();
  };
  return (
    <Page.Main>
      <Page.Title>{words('automation.approvals')}</Page.Title>
      <Layouts.Header title={words('automation.approvals')} subtitle={words('automation.approvals.intro')} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4} aria-busy={loading}>
          <ProblemAlert problem={problem} onRetry={reload} />
          {approvals.length > 0 && <ApprovalTable approvals={approvals} onDismissed={fromTheStart} />}
          {approvals.length === 0 && loading && <Page.Loading />}
          {answer?.approvals.length === 0 && former.length === 0 && (
            <EmptyStateLayout content={words('automation.approvals.none')} />
          )}
          {answer?.cursor !== undefined && (
            <Box>
              <Button variant="tertiary" loading={loading} onClick={more}>
                {words('automation.approvals.more')}
              </Button>
            </Box>
          )}
          <Typography variant="pi" textColor="neutral600">
            {words('automation.intro')}
          </Typography>
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
}
