import { Box, Button, Flex, Loader, Modal } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { EntryAwardPlace, EntryIssued, IssuePreview } from '../../../contract/entry-awards.ts';
import type { MappingFinding } from '../../../contract/mapping.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useAnswer } from '../asking/use-answer.ts';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { awardsChanged } from './awards-changed.ts';
import { entryPath } from './entry-path.ts';
import { Findings } from './findings.tsx';
import { IssuePreviewCard } from './issue-preview-card.tsx';

/** Body and footer of the dialog: what SEEK Pass will display, what issuing does, and the button that does it. */
export function IssueDialog({
  place,
  onClose,
}: {
  readonly place: EntryAwardPlace;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { answer: preview, loading, problem, reload } = useAnswer<IssuePreview>(entryPath('preview', place));
  const { send, sending, problem: notDone, clear } = useSend();
  const [refused, setRefused] = useState<readonly MappingFinding[]>();
  const confirm = async () => {
    if (preview?.seen === undefined) return;
    const { seen, withdrawn } = preview;
    const body = { ...place, seen, ...(withdrawn ? { reissueWithdrawn: true } : {}) };
    const issued = await send<EntryIssued>('POST', '/seek-pass/entries/issue', body);
    if (issued === undefined) return;
    if (issued.result === 'refused') {
      setRefused(issued.findings);
      return;
    }
    toggleNotification({ type: 'success', message: words(`entries.done.${issued.result}`) });
    awardsChanged();
    onClose();
  };
  const lookAgain = () => {
    clear();
    setRefused(undefined);
    reload();
  };
  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4} aria-busy={loading}>
          <ProblemAlert problem={problem} onRetry={reload} />
          {preview === undefined && loading && <Loader>{words('entries.loading')}</Loader>}
          {preview && <IssuePreviewCard preview={preview} />}
          {refused && <Findings findings={refused} />}
          <Box>
            <ProblemAlert problem={notDone} onRetry={lookAgain} />
          </Box>
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {words('entries.cancel')}
        </Button>
        <Button
          disabled={preview?.seen === undefined || loading}
          loading={sending}
          onClick={() => void confirm()}
        >
          {words(preview?.effect === 'unchanged' ? 'entries.confirm.unchanged' : 'entries.confirm')}
        </Button>
      </Modal.Footer>
    </>
  );
}
