import { Box, Flex, Typography } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { MappingAutomation } from '../../../contract/automation.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { RuleForm } from '../automation/rule-form.tsx';
import { permissionOf } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';

function Automation() {
  const words = useWords();
  const {
    answer: rules,
    problem,
    loading,
    reload,
  } = useAnswer<readonly MappingAutomation[]>('/seek-pass/automation');
  if (rules === undefined && loading) return <Page.Loading />;
  return (
    <Page.Main>
      <Page.Title>{words('automation.title')}</Page.Title>
      <Layouts.Header title={words('automation.title')} subtitle={words('automation.intro')} />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <ProblemAlert problem={problem} onRetry={reload} />
          {rules?.length === 0 && (
            <Box background="neutral0" hasRadius padding={6}>
              <Typography>{words('automation.none')}</Typography>
            </Box>
          )}
          {rules?.map((rule) => (
            <RuleForm key={rule.mapping} rule={rule} />
          ))}
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
}

// Strapi loads the default export of a page.
export default function AutomationPage() {
  return (
    <Page.Protect permissions={[permissionOf('settings')]}>
      <Automation />
    </Page.Protect>
  );
}
