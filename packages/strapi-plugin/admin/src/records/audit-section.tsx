import { Box, Button, Flex, Status, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { AuditVerdictAnswer } from '../../../contract/records.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import { useWords } from '../words/use-words.ts';

/** Checks whether the record of who did what is as it was written. */
export function AuditSection() {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  const { answer, loading, problem, reload } = useAnswer<AuditVerdictAnswer>(
    asked ? '/seek-pass/audit/verdict' : undefined,
  );
  const check = (): void => {
    if (asked) reload();
    else setAsked(true);
  };
  return (
    <SettingsSection title={words('records.audit.title')}>
      <Typography textColor="neutral600">{words('records.audit.text')}</Typography>
      <Flex>
        <Button variant="secondary" loading={loading} onClick={check}>
          {words('records.audit.check')}
        </Button>
      </Flex>
      <ProblemAlert problem={problem} />
      <Box aria-live="polite">{answer !== undefined && !loading && <Verdict verdict={answer} />}</Box>
    </SettingsSection>
  );
}

function Verdict({ verdict }: { readonly verdict: AuditVerdictAnswer }) {
  const words = useWords();
  const { intact, lines, waiting, problems, moreProblems, head } = verdict;
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <Status variant={intact ? 'success' : 'danger'} size="S">
        <Typography variant="omega" fontWeight="bold" textColor="neutral800">
          {words(intact ? 'records.audit.intact' : 'records.audit.changed')}
        </Typography>
      </Status>
      <Typography>
        {intact
          ? words('records.audit.lines', { lines })
          : words(moreProblems ? 'records.audit.manyProblems' : 'records.audit.problems', {
              problems: problems.length,
            })}
      </Typography>
      {waiting.lines > 0 && (
        <Typography textColor="neutral600">
          {words('records.audit.waiting', { lines: waiting.lines })}
        </Typography>
      )}
      {head !== null && (
        <Typography textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
          {words('records.audit.head', { head: `${head.number}.${head.mac}` })}
        </Typography>
      )}
    </Flex>
  );
}
