import { Button, Modal } from '@strapi/design-system';
import { useState } from 'react';
import type { ShownAwardState } from '../../../contract/award-states.ts';
import type { EntryAwardPlace } from '../../../contract/entry-awards.ts';
import { useWords } from '../words/use-words.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Asks twice before it withdraws. */
export function WithdrawButton({
  place,
  state,
}: {
  readonly place: EntryAwardPlace;
  readonly state: ShownAwardState;
}) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Modal.Root open={open} onOpenChange={setOpen}>
      <Button variant="danger-light" fullWidth onClick={() => setOpen(true)}>
        {words('entries.withdraw')}
      </Button>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{words('entries.withdraw.title')}</Modal.Title>
        </Modal.Header>
        <WithdrawDialog place={place} state={state} onClose={() => setOpen(false)} />
      </Modal.Content>
    </Modal.Root>
  );
}
