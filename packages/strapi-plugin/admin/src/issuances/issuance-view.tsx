import { Box, Flex, Grid, Link, Typography } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { Link as RouterLink, useLocation, useParams } from 'react-router-dom';
import type { IssuanceDetail } from '../../../contract/issuances.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { AwardHistory } from '../awards/award-history.tsx';
import { useWords } from '../words/use-words.ts';
import { credentialTypeInWords } from './credential-type-words.ts';
import { IssuanceActions } from './issuance-actions.tsx';
import { IssuanceFacts } from './issuance-facts.tsx';
import { IssuanceMails } from './issuance-mails.tsx';

/** The page of one award. */
export function IssuanceView() {
  const { id = '' } = useParams();
  const words = useWords();
  const list = listOf(useLocation().state);
  const { answer, problem, reload } = useAnswer<IssuanceDetail>(
    `/seek-pass/issuances/${encodeURIComponent(id)}`,
  );
  const title =
    answer === undefined
      ? words('issuances.title')
      : (answer.title ?? credentialTypeInWords(answer.credentialType, words));
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        navigationAction={
          <Link
            tag={RouterLink}
            to={{ pathname: '..', search: list }}
            relative="path"
            startIcon={<ArrowLeft />}
          >
            {words('issuances.back')}
          </Link>
        }
      />
      <Layouts.Content>
        {problem !== undefined && <ProblemAlert problem={problem} onRetry={reload} />}
        {answer === undefined && problem === undefined && <Page.Loading />}
        {answer !== undefined && (
          <Grid.Root gap={6}>
            <Grid.Item col={7} xs={12} direction="column" alignItems="stretch" gap={6}>
              <Section title={words('issuances.section.state')}>
                <IssuanceFacts issuance={answer} />
              </Section>
              <Section title={words('issuances.section.actions')}>
                <IssuanceActions issuance={answer} title={title} onDone={reload} />
              </Section>
            </Grid.Item>
            <Grid.Item col={5} xs={12} direction="column" alignItems="stretch" gap={6}>
              <Section title={words('issuances.section.history')}>
                <AwardHistory lines={answer.history} />
              </Section>
              <Section title={words('issuances.section.mails')}>
                <IssuanceMails mails={answer.mails} />
              </Section>
            </Grid.Item>
          </Grid.Root>
        )}
      </Layouts.Content>
    </Page.Main>
  );
}

/** The filter of the list that this page was opened from. */
function listOf(state: unknown): string {
  return typeof state === 'object' && state !== null && 'list' in state ? String(state.list) : '';
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Box tag="section" aria-label={title} background="neutral0" shadow="tableShadow" hasRadius padding={6}>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography variant="delta" tag="h2">
          {title}
        </Typography>
        {children}
      </Flex>
    </Box>
  );
}
