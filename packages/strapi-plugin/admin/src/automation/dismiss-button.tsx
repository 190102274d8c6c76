import { Button, Dialog, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { EntryAwardPlace } from '../../../contract/entry-awards.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';

/** Lets an entry wait no longer, after saying what that means. */
export function DismissButton({
  place,
  onDismissed,
}: {
  readonly place: EntryAwardPlace;
  readonly onDismissed: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const [open, setOpen] = useState(false);
  const dismiss = async () => {
    if ((await send('POST', '/seek-pass/approvals/dismiss', place)) === undefined) return;
    setOpen(false);
    toggleNotification({ type: 'success', message: words('automation.dismissed') });
    onDismissed();
  };
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="tertiary">{words('automation.dismiss')}</Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{words('automation.dismiss.title')}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography>{words('automation.dismiss.does')}</Typography>
            <ProblemAlert problem={problem} />
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary">{words('automation.cancel')}</Button>
          </Dialog.Cancel>
          <Button variant="danger" loading={sending} onClick={() => void dismiss()}>
            {words('automation.dismiss')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
