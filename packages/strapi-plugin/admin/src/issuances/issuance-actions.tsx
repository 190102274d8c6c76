import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { Link as RouterLink } from 'react-router-dom';
import type { IssuanceDetail, IssuanceMailAllowed } from '../../../contract/issuances.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { ResendButton } from '../awards/resend-button.tsx';
import { WithdrawButton } from '../awards/withdraw-button.tsx';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';
import { entryAddress } from './entry-address.ts';

/** States in which a learner can still claim it. */
const claimable: ReadonlySet<string> = new Set(['ready', 'submitted', 'added', 'declined', 'closed']);

/** What can be done about an award now, by whoever looks. */
export function IssuanceActions({
  issuance,
  title,
  onDone,
}: {
  readonly issuance: IssuanceDetail;
  readonly title: string;
  readonly onDone: () => void;
}) {
  const { id, state, muted, entry, newer } = issuance;
  const words = useWords();
  const { may } = useMay();
  const { send, sending, problem } = useSend();
  const { toggleNotification } = useNotification();
  const path = `/seek-pass/issuances/${id}`;
  const allowMail = async () => {
    const allowed = await send<IssuanceMailAllowed>('POST', `${path}/allow-mail`);
    if (allowed === undefined) return;
    toggleNotification({ type: 'success', message: words('issuances.mailAllowed') });
    onDone();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={2} wrap="wrap">
        {claimable.has(state) && muted === undefined && may('issue') && (
          <ResendButton path={`${path}/resend`} onDone={onDone} />
        )}
        {muted !== undefined && may('issue') && (
          <Button variant="secondary" loading={sending} onClick={() => void allowMail()}>
            {words('issuances.action.allowMail')}
          </Button>
        )}
        {entry !== undefined && (
          <LinkButton tag={RouterLink} to={entryAddress(entry)} variant="tertiary">
            {words('issuances.action.openEntry')}
          </LinkButton>
        )}
        {newer !== undefined && (
          <LinkButton tag={RouterLink} to={`../${newer}`} relative="path" variant="tertiary">
            {words('issuances.action.newer')}
          </LinkButton>
        )}
        {(claimable.has(state) || state === 'rejected') && may('withdraw') && (
          <WithdrawButton title={title} state={state} path={`${path}/withdraw`} onDone={onDone} />
        )}
      </Flex>
      <ProblemAlert problem={problem} />
    </Flex>
  );
}
