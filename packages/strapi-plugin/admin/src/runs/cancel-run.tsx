import { Button, Dialog } from '@strapi/design-system';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';

/** The button that cancels a run, after a question. */
export function CancelRun({ id, onCancelled }: { readonly id: string; readonly onCancelled: () => void }) {
  const words = useWords();
  const { send, sending } = useSend();
  const cancel = async () => {
    await send('POST', `/seek-pass/runs/${id}/cancel`);
    onCancelled();
  };
  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <Button variant="tertiary" loading={sending}>
          {words('runs.cancel')}
        </Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{words('runs.cancel.title')}</Dialog.Header>
        <Dialog.Body>{words('runs.cancel.text')}</Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {words('runs.cancel.keep')}
            </Button>
          </Dialog.Cancel>
          <Dialog.Action>
            <Button variant="danger-light" fullWidth onClick={() => void cancel()}>
              {words('runs.cancel')}
            </Button>
          </Dialog.Action>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}
