import { Button, Flex, LinkButton } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type {
  IssuanceDetail,
  IssuanceMailAllowed,
  IssuanceResent,
  IssuanceWithdrawn,
} from '../../../contract/issuances.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';
import { entryAddress } from './entry-address.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

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
  const [withdrawing, setWithdrawing] = useState(false);
  const path = `/seek-pass/issuances/${id}`;
  const resend = async () => {
    const sent = await send<IssuanceResent>('POST', `${path}/resend`);
    if (sent === undefined) return;
    const { outcome } = sent;
    const type = outcome === 'queued' ? 'success' : 'warning';
    toggleNotification({ type, message: words(`issuances.resent.${outcome}`) });
    onDone();
  };
  const allowMail = async () => {
    const allowed = await send<IssuanceMailAllowed>('POST', `${path}/allow-mail`);
    if (allowed === undefined) return;
    toggleNotification({ type: 'success', message: words('issuances.mailAllowed') });
    onDone();
  };
  const withdrawn = ({ inWallet, openAtSeekPass }: IssuanceWithdrawn) => {
    setWithdrawing(false);
    const left = inWallet ? 'inWallet' : openAtSeekPass ? 'open' : 'nothing';
    toggleNotification({
      type: left === 'nothing' ? 'success' : 'warning',
      message: words(`issuances.withdrawn.${left}`),
    });
    onDone();
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Flex gap={2} wrap="wrap">
        {claimable.has(state) && muted === undefined && may('issue') && (
          <Button variant="secondary" loading={sending} onClick={() => void resend()}>
            {words('issuances.action.resend')}
          </Button>
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
          <Button variant="danger-light" onClick={() => setWithdrawing(true)}>
            {words('issuances.action.withdraw')}
          </Button>
        )}
      </Flex>
      <ProblemAlert problem={problem} />
      {withdrawing && (
        <WithdrawDialog awardId={id} title={title} onClose={() => setWithdrawing(false)} onDone={withdrawn} />
      )}
    </Flex>
  );
}
