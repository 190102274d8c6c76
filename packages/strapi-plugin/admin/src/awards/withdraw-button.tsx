import { Button } from '@strapi/design-system';
import { type ComponentProps, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Asks twice before it withdraws. */
export function WithdrawButton({
  fullWidth = false,
  ...award
}: Omit<ComponentProps<typeof WithdrawDialog>, 'onClose'> & { readonly fullWidth?: boolean }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="danger-light" fullWidth={fullWidth} onClick={() => setOpen(true)}>
        {words('awards.withdraw')}
      </Button>
      {open && <WithdrawDialog {...award} onClose={() => setOpen(false)} />}
    </>
  );
}
