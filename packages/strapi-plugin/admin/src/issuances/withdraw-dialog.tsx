import {
  Button,
  Field,
  Flex,
  Modal,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';
import { withdrawalReasons } from '../../../contract/entry-awards.ts';
import type { IssuanceWithdrawn } from '../../../contract/issuances.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { isTyped } from '../words/is-typed.ts';
import { useWords } from '../words/use-words.ts';

/** Withdraws an award after a typed word (security rule 13): a copy in the wallet cannot be taken back, and the dialog says so. */
export function WithdrawDialog({
  awardId,
  title,
  onClose,
  onDone,
}: {
  readonly awardId: string;
  readonly title: string;
  readonly onClose: () => void;
  readonly onDone: (withdrawn: IssuanceWithdrawn) => void;
}) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const word = words('issuances.withdraw.word');
  const ready = reason !== '' && isTyped(word, typed);
  const withdraw = async () => {
    const path = `/seek-pass/issuances/${awardId}/withdraw`;
    const withdrawn = await send<IssuanceWithdrawn>('POST', path, { reason });
    if (withdrawn !== undefined) onDone(withdrawn);
  };
  return (
    <Modal.Root open onOpenChange={(open) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{words('issuances.withdraw.title', { title })}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography>{words('issuances.withdraw.effect')}</Typography>
            <Typography fontWeight="bold">{words('issuances.withdraw.wallet')}</Typography>
            <Field.Root required>
              <Field.Label>{words('issuances.withdraw.reason')}</Field.Label>
              <SingleSelect value={reason} onChange={(chosen) => setReason(String(chosen))}>
                {withdrawalReasons.map((one) => (
                  <SingleSelectOption key={one} value={one}>
                    {words(`awards.reason.${one}`)}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
            <Field.Root required>
              <Field.Label>{words('issuances.withdraw.type', { word })}</Field.Label>
              <Field.Input
                type="text"
                autoComplete="off"
                value={typed}
                onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              />
            </Field.Root>
            <ProblemAlert problem={problem} />
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>
            {words('issuances.withdraw.cancel')}
          </Button>
          <Button variant="danger" disabled={!ready} loading={sending} onClick={() => void withdraw()}>
            {words('issuances.withdraw.confirm')}
          </Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
