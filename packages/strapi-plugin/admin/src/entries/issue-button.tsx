import { Box, Button, Modal, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import type { EntryAwardPlace } from '../../../contract/entry-awards.ts';
import type { WordKey } from '../words/word-key.ts';
import { useWords } from '../words/use-words.ts';
import { IssueDialog } from './issue-dialog.tsx';

/** Asks before it issues one award. Disabled, with the reason below it, while the entry is not saved and published. */
export function IssueButton({
  place,
  label,
  whyNot,
}: {
  readonly place: EntryAwardPlace;
  readonly label: WordKey;
  readonly whyNot: WordKey | undefined;
}) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  const reason = useId();
  return (
    <Box>
      <Modal.Root open={open} onOpenChange={setOpen}>
        <Modal.Trigger>
          <Button
            fullWidth
            disabled={whyNot !== undefined}
            aria-describedby={whyNot === undefined ? undefined : reason}
          >
            {words(label)}
          </Button>
        </Modal.Trigger>
        <Modal.Content>
          <Modal.Header>
            <Modal.Title>{words('entries.dialog')}</Modal.Title>
          </Modal.Header>
          <IssueDialog place={place} onClose={() => setOpen(false)} />
        </Modal.Content>
      </Modal.Root>
      {whyNot !== undefined && (
        <Box paddingTop={1}>
          <Typography id={reason} variant="pi" textColor="neutral600">
            {words(whyNot)}
          </Typography>
        </Box>
      )}
    </Box>
  );
}
