import { Button, Modal } from '@strapi/design-system';
import { type ComponentProps, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Asks twice before it withdraws. */
export function WithdrawButton({
  title,
  fullWidth = false,
  ...award
}: Omit<ComponentProps<typeof WithdrawDialog>, 'onClose'> & {
  /** What staff call the credential. */
  readonly title: string;
  readonly fullWidth?: boolean;
}) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Modal.Root open={open} onOpenChange={setOpen}>
      <Modal.Trigger>
        <Button variant="danger-light" fullWidth={fullWidth}>
          {words('awards.withdraw')}
        </Button>
      </Modal.Trigger>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{words('awards.withdraw.title', { title })}</Modal.Title>
        </Modal.Header>
        <WithdrawDialog {...award} onClose={() => setOpen(false)} />
      </Modal.Content>
    </Modal.Root>
  );
}
