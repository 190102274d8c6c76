import {
  Box,
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import {
  type AwardWithdrawn,
  type WithdrawalReasonName,
  withdrawalReasons,
} from '../../../contract/award-actions.ts';
import type { ShownAwardState } from '../../../contract/award-states.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { isTyped } from '../words/is-typed.ts';
import { useWords } from '../words/use-words.ts';

/** Withdraws an award after a typed word (security rule 13): a copy in the wallet cannot be taken back, and the dialog says so. */
export function WithdrawDialog({
  state,
  path,
  place = {},
  onClose,
  onDone,
}: {
  readonly state: ShownAwardState;
  readonly path: string;
  /** Which award, where the path does not say it. */
  readonly place?: object;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const [reason, setReason] = useState<WithdrawalReasonName>();
  const [typed, setTyped] = useState('');
  const word = words('awards.withdraw.word');
  const confirmed = reason !== undefined && isTyped(word, typed);
  const withdraw = async () => {
    const withdrawn = await send<AwardWithdrawn>('POST', path, { ...place, reason });
    if (withdrawn === undefined) return;
    toggleNotification({
      type: withdrawn.inWallet || withdrawn.openAtSeekPass ? 'warning' : 'success',
      message: words(doneKey(withdrawn)),
    });
    onClose();
    onDone();
  };
  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography variant="omega">{words('awards.withdraw.does')}</Typography>
          <Box background="warning100" hasRadius padding={4}>
            <Typography variant="omega" textColor="neutral800">
              {words(`awards.withdraw.${state === 'added' || state === 'submitted' ? state : 'stays'}`)}
            </Typography>
          </Box>
          <Field.Root required>
            <Field.Label>{words('awards.withdraw.reason')}</Field.Label>
            <SingleSelect
              value={reason ?? null}
              placeholder={words('awards.withdraw.choose')}
              onChange={(chosen) => setReason(withdrawalReasons.find((one) => one === chosen))}
            >
              {withdrawalReasons.map((one) => (
                <SingleSelectOption key={one} value={one}>
                  {words(`awards.reason.${one}`)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
          <Field.Root required>
            <Field.Label>{words('awards.withdraw.type', { word })}</Field.Label>
            <Field.Input
              type="text"
              value={typed}
              autoComplete="off"
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </Field.Root>
          <ProblemAlert problem={problem} />
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {words('awards.withdraw.keep')}
        </Button>
        <Button variant="danger" disabled={!confirmed} loading={sending} onClick={() => void withdraw()}>
          {words('awards.withdraw')}
        </Button>
      </Modal.Footer>
    </>
  );
}

function doneKey({ inWallet, openAtSeekPass }: AwardWithdrawn) {
  if (inWallet) return 'awards.withdrawn.inWallet';
  return openAtSeekPass ? 'awards.withdrawn.open' : 'awards.withdrawn';
}
