import { Flex, Link, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link as RouterLink } from 'react-router-dom';
import { pluginId } from '../../../contract/plugin-id.ts';
import type { IssuanceSummary } from '../../../contract/issuances.ts';
import { useAnswer } from '../asking/use-answer.ts';
import { useWords } from '../words/use-words.ts';

const lines = [
  ['person', 'attention=person'],
  ['expiring', 'attention=expiring'],
  ['open', 'state=open'],
  ['added', 'state=added'],
] as const;

/** What waits, on Strapi's home page; each number leads to its list. */
export function SummaryWidget() {
  const words = useWords();
  const intl = useIntl();
  const { answer, problem } = useAnswer<IssuanceSummary>('/seek-pass/issuances/summary');
  if (problem !== undefined) return <Widget.Error>{problem.message}</Widget.Error>;
  if (answer === undefined) return <Widget.Loading />;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
      {lines.map(([name, query]) => {
        const count = answer[name];
        const worrying = (name === 'person' || name === 'expiring') && (count ?? 0) > 0;
        return count === undefined ? null : (
          <Flex tag="li" key={name} justifyContent="space-between" gap={4}>
            <Link tag={RouterLink} to={`/plugins/${pluginId}/issuances?${query}`}>
              {words(`home.${name}`)}
            </Link>
            <Typography variant="delta" textColor={worrying ? 'danger700' : 'neutral800'}>
              {intl.formatNumber(count)}
            </Typography>
          </Flex>
        );
      })}
    </Flex>
  );
}
