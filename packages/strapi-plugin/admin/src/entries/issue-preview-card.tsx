import { Box, Flex, Typography } from '@strapi/design-system';
import type { IssuePreview } from '../../../contract/entry-awards.ts';
import type { PreviewValue } from '../../../contract/mapping.ts';
import { useWords } from '../words/use-words.ts';
import { Findings } from './findings.tsx';
import { isAboutRecipient, targetInWords } from './target-words.ts';

const tones = {
  created: 'primary',
  unchanged: 'neutral',
  replaces: 'primary',
  'adds-a-second': 'warning',
  undocumented: 'warning',
  refused: 'danger',
} as const;

/** What issuing would do, and exactly what SEEK Pass would display. */
export function IssuePreviewCard({ preview: issue }: { readonly preview: IssuePreview }) {
  const words = useWords();
  const { effect, preview, recipient, findings, withdrawn } = issue;
  const values = preview?.values ?? [];
  const displayed = values.filter(({ target }) => !isAboutRecipient(target));
  const targets = new Set(displayed.map(({ target }) => target));
  // A learner that the entry does not name is not there either, whoever looks.
  const hidden = values.some(({ shown }) => shown === 'hidden');
  const tone = tones[effect];
  return (
    <>
      <Box background={`${tone}100`} hasRadius padding={4} role="status">
        <Typography
          variant="omega"
          textColor={tone === 'neutral' || tone === 'warning' ? 'neutral800' : `${tone}700`}
        >
          {words(`entries.effect.${effect}`)}
          {withdrawn && ` ${words('entries.effect.withdrawn')}`}
        </Typography>
      </Box>
      <Findings findings={findings.filter(({ target }) => !targets.has(target))} />
      {preview && (
        <>
          {(recipient ?? hidden) && (
            <Box>
              <Typography tag="h3" variant="delta">
                {words('entries.recipient')}
              </Typography>
              <Typography variant="omega" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                {recipient ? `${recipient.name} (${recipient.email})` : words('entries.hiddenRecipient')}
              </Typography>
            </Box>
          )}
          <Box borderColor="neutral200" hasRadius padding={4}>
            <Typography tag="h3" variant="delta">
              {words('entries.displayed')}
            </Typography>
            <Flex tag="dl" direction="column" alignItems="stretch" gap={3} paddingTop={3}>
              {displayed.map((value) => (
                <div key={value.target}>
                  <Typography tag="dt" variant="pi" textColor="neutral600">
                    {targetInWords(value.target)}
                  </Typography>
                  <Box tag="dd">
                    <Shown value={value} />
                    <Findings findings={findings.filter(({ target }) => target === value.target)} />
                  </Box>
                </div>
              ))}
            </Flex>
          </Box>
        </>
      )}
    </>
  );
}

function Shown({ value: { shown, text } }: { readonly value: PreviewValue }) {
  const words = useWords();
  const said = shown === 'value' ? text : words(`entries.shown.${shown}`);
  return (
    <Typography
      variant="omega"
      textColor={shown === 'value' ? 'neutral800' : 'neutral600'}
      style={{ overflowWrap: 'anywhere' }}
    >
      {said}
    </Typography>
  );
}
