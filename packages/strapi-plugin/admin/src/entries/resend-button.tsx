import { Button } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { EntryAwardPlace, EntryResent } from '../../../contract/entry-awards.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { awardsChanged } from './awards-changed.ts';

/** Mails the learner once more. The link in it is the same. */
export function ResendButton({ place }: { readonly place: EntryAwardPlace }) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const resend = async () => {
    const resent = await send<EntryResent>('POST', '/seek-pass/entries/resend', place);
    if (resent === undefined) return;
    const { outcome } = resent;
    toggleNotification({
      type: outcome === 'queued' ? 'success' : 'warning',
      message: words(`entries.resent.${outcome}`),
    });
    awardsChanged();
  };
  return (
    <>
      <Button variant="secondary" fullWidth loading={sending} onClick={() => void resend()}>
        {words('entries.resend')}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}
