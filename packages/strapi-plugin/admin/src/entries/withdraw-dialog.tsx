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
import type { ShownAwardState } from '../../../contract/award-states.ts';
import {
  type EntryAwardPlace,
  type EntryWithdrawn,
  type WithdrawalReasonName,
  withdrawalReasons,
} from '../../../contract/entry-awards.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { isTyped } from '../words/is-typed.ts';
import { useWords } from '../words/use-words.ts';
import { awardsChanged } from './awards-changed.ts';

/** Body and footer of the dialog: says what cannot be taken back, wants a reason, and a word to be typed. */
export function WithdrawDialog({
  place,
  state,
  onClose,
}: {
  readonly place: EntryAwardPlace;
  readonly state: ShownAwardState;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem } = useSend();
  const [reason, setReason] = useState<WithdrawalReasonName>();
  const [typed, setTyped] = useState('');
  const word = words('entries.withdraw.word');
  const confirmed = reason !== undefined && isTyped(word, typed);
  const withdraw = async () => {
    const done = await send<EntryWithdrawn>('POST', '/seek-pass/entries/withdraw', { ...place, reason });
    if (done === undefined) return;
    toggleNotification({
      type: done.inWallet || done.openAtSeekPass ? 'warning' : 'success',
      message: words(doneKey(done)),
    });
    awardsChanged();
    onClose();
  };
  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography variant="omega">{words('entries.withdraw.does')}</Typography>
          <Box background="warning100" hasRadius padding={4}>
            <Typography variant="omega" textColor="neutral800">
              {words(`entries.withdraw.${state === 'added' || state === 'submitted' ? state : 'stays'}`)}
            </Typography>
          </Box>
          <Field.Root required>
            <Field.Label>{words('entries.withdraw.reason')}</Field.Label>
            <SingleSelect
              value={reason ?? null}
              placeholder={words('entries.withdraw.choose')}
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
            <Field.Label>{words('entries.withdraw.type', { word })}</Field.Label>
            <Field.Input
              value={typed}
              autoComplete="off"
              onChange={({ target }: { target: { value: string } }) => setTyped(target.value)}
            />
          </Field.Root>
          <ProblemAlert problem={problem} />
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {words('entries.cancel')}
        </Button>
        <Button variant="danger" disabled={!confirmed} loading={sending} onClick={() => void withdraw()}>
          {words('entries.withdraw')}
        </Button>
      </Modal.Footer>
    </>
  );
}

function doneKey({ inWallet, openAtSeekPass }: EntryWithdrawn) {
  if (inWallet) return 'entries.withdrawn.inWallet';
  return openAtSeekPass ? 'entries.withdrawn.open' : 'entries.withdrawn';
}
