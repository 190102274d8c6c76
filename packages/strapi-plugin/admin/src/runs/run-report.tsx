import { Badge, Box, Flex, Typography } from '@strapi/design-system';
import { type RunDetail, type RunReason, rowResults } from '../../../contract/runs.ts';
import { useWords } from '../words/use-words.ts';

/** What a run would do or did, in words, and why rows are refused. */
export function RunReport({ run }: { readonly run: RunDetail }) {
  const words = useWords();
  if (run.state === 'checking' || run.state === 'failed' || run.looked === 0) return null;
  const isPlan = run.decided === 0 && run.state !== 'done';
  const counts = isPlan ? run.planned : run.results;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Box>
        <Typography variant="delta" tag="h2">
          {words(isPlan ? 'runs.report.heading' : 'runs.report.result_heading')}
        </Typography>
        <Box tag="ul" paddingTop={2}>
          {rowResults
            .filter((result) => counts[result] > 0)
            .map((result) => (
              <Box tag="li" key={result} paddingTop={1}>
                <Typography textColor={result === 'refused' ? 'danger600' : 'neutral800'}>
                  {isPlan
                    ? words(`runs.planned.${result}`, { count: counts[result] })
                    : words(`runs.result.${result}`, { count: counts[result] })}
                </Typography>
              </Box>
            ))}
        </Box>
        {isPlan && (
          <Box paddingTop={2}>
            <Typography>{words('runs.report.people', { people: run.people })}</Typography>
          </Box>
        )}
      </Box>
      {run.reasons.length > 0 && (
        <Box>
          <Typography variant="delta" tag="h2">
            {words('runs.reasons.heading')}
          </Typography>
          <Box tag="ul" paddingTop={2}>
            {run.reasons.map((reason) => (
              <Reason key={`${reason.code} ${reason.field} ${reason.message}`} reason={reason} />
            ))}
          </Box>
        </Box>
      )}
    </Flex>
  );
}

function Reason({ reason }: { readonly reason: RunReason }) {
  const words = useWords();
  const { severity, field, message, remedy, rows, examples } = reason;
  const blocks = severity === 'problem' || severity === 'error';
  return (
    <Box tag="li" paddingTop={2}>
      <Flex gap={2} alignItems="flex-start">
        {/* Strapi's own colours of a badge for dangers have too little contrast. */}
        <Badge
          backgroundColor={blocks ? 'danger100' : 'warning100'}
          textColor={blocks ? 'danger700' : 'warning700'}
        >
          {words(blocks ? 'runs.reasons.refused' : 'runs.reasons.look')}
        </Badge>
        <Box>
          <Typography tag="p">{`${field === '' ? '' : `${field}: `}${message}. ${remedy}`}</Typography>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {words('runs.reasons.rows', { rows, examples: examples.join(', ') })}
          </Typography>
        </Box>
      </Flex>
    </Box>
  );
}
