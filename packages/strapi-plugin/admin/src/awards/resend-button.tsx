import { Button } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { AwardResent } from '../../../contract/award-actions.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';

/** Mails the learner once more. The link in it is the same. */
export function ResendButton({
  path,
  place,
  fullWidth = false,
  onDone,
}: {
  readonly path: string;
  /** Which award, where the path does not say it. */
  readonly place?: object;
  readonly fullWidth?: boolean;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const resend = async () => {
    const resent = await send<AwardResent>('POST', path, place);
    if (resent === undefined) return;
    const { outcome } = resent;
    toggleNotification({
      type: outcome === 'queued' ? 'success' : 'warning',
      message: words(`awards.resent.${outcome}`),
    });
    onDone();
  };
  return (
    <>
      <Button variant="secondary" fullWidth={fullWidth} loading={sending} onClick={() => void resend()}>
        {words('awards.resend')}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}
