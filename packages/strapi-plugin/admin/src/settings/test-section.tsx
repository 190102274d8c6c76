import {
  Box,
  Button,
  Flex,
  Status,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';
import type { CheckResult, Finding, TestAnswer } from '../../../contract/settings.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { SettingsSection } from './settings-section.tsx';

const variants = {
  ok: 'success',
  warning: 'warning',
  problem: 'danger',
  not_checked: 'neutral',
} as const satisfies Record<CheckResult, string>;

/** Tries the saved settings out and says of each part whether it works, and what to do. */
export function TestSection({ changed }: { readonly changed: boolean }) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const test = async (): Promise<void> => {
    const answer = await send<TestAnswer>('POST', '/seek-pass/settings/test');
    setFindings(answer?.findings ?? []);
  };
  return (
    <SettingsSection title={words('settings.test.title')}>
      <Typography textColor="neutral600">
        {words(changed ? 'settings.test.unsaved' : 'settings.test.text')}
      </Typography>
      <Flex>
        <Button variant="secondary" loading={sending} disabled={changed} onClick={() => void test()}>
          {words('settings.test.run')}
        </Button>
      </Flex>
      <ProblemAlert problem={problem} />
      <Box aria-live="polite">{findings.length > 0 && <Findings findings={findings} />}</Box>
    </SettingsSection>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const words = useWords();
  return (
    <Table colCount={3} rowCount={findings.length + 1}>
      <Thead>
        <Tr>
          {(['settings.test.part', 'settings.test.result', 'settings.test.found'] as const).map((key) => (
            <Th key={key}>
              <Typography variant="sigma">{words(key)}</Typography>
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {findings.map(({ area, result, found, remedy }) => (
          <Tr key={found}>
            <Td>
              <Typography>{words(`settings.test.area.${area}`)}</Typography>
            </Td>
            <Td>
              <Flex>
                <Status variant={variants[result]} size="S">
                  <Typography variant="omega" fontWeight="bold" textColor="neutral800">
                    {words(`settings.test.${result}`)}
                  </Typography>
                </Status>
              </Flex>
            </Td>
            <Td>
              <Box paddingTop={2} paddingBottom={2} style={{ whiteSpace: 'normal' }}>
                <Typography tag="p">{found}</Typography>
                {remedy !== undefined && (
                  <Typography tag="p" textColor="neutral600">
                    {remedy}
                  </Typography>
                )}
              </Box>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
