import {
  Button,
  Dialog,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';
import { type IssuingState, resumeReasons, stopReasons } from '../../../contract/settings.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import type { WordKey } from '../words/word-key.ts';
import { SettingsSection } from './settings-section.tsx';

/** The kill switch, and who turned it. */
export function StopSection({
  issuing,
  onTurned,
}: {
  readonly issuing: IssuingState;
  readonly onTurned: () => void;
}) {
  const words = useWords();
  const stop = issuing.stops.find(({ credentialType }) => credentialType === null);
  return (
    <SettingsSection title={words('settings.stop.title')}>
      {stop === undefined ? (
        <Typography textColor="neutral600">{words('settings.stop.text')}</Typography>
      ) : (
        <Typography role="status" fontWeight="bold" textColor="danger700">
          {words('settings.stop.inForce', {
            who: stop.who,
            at: new Date(stop.at),
            reason: words(reasonKey(stop.reason)),
          })}
        </Typography>
      )}
      <Flex>
        <TurnDialog turn={stop === undefined ? 'stop' : 'resume'} onTurned={onTurned} />
      </Flex>
    </SettingsSection>
  );
}

const reasons = { stop: stopReasons, resume: resumeReasons } as const;

function TurnDialog({ turn, onTurned }: { readonly turn: 'stop' | 'resume'; readonly onTurned: () => void }) {
  const words = useWords();
  const { send, sending, problem, clear } = useSend();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<string>();
  const confirm = async (): Promise<void> => {
    const done = await send<IssuingState>('POST', `/seek-pass/issuing/${turn}`, { reason });
    if (done === undefined) return;
    setOpen(false);
    onTurned();
  };
  const openTo = (next: boolean): void => {
    clear();
    setReason(undefined);
    setOpen(next);
  };
  return (
    <Dialog.Root open={open} onOpenChange={openTo}>
      <Dialog.Trigger>
        <Button variant={turn === 'stop' ? 'danger' : 'success'}>{words(`settings.stop.${turn}`)}</Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{words(`settings.stop.${turn}`)}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <ProblemAlert problem={problem} />
            {turn === 'stop' && <Typography>{words('settings.stop.text')}</Typography>}
            <Field.Root name="reason" required>
              <Field.Label>{words('settings.stop.why')}</Field.Label>
              <SingleSelect value={reason ?? null} onChange={(value) => setReason(String(value))}>
                {reasons[turn].map((one) => (
                  <SingleSelectOption key={one} value={one}>
                    {words(reasonKey(one))}
                  </SingleSelectOption>
                ))}
              </SingleSelect>
            </Field.Root>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {words('settings.stop.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button
            variant={turn === 'stop' ? 'danger' : 'success'}
            fullWidth
            loading={sending}
            disabled={reason === undefined}
            onClick={() => void confirm()}
          >
            {words(`settings.stop.${turn}`)}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
}

/** A reason that a newer version knows is shown as another one. */
function reasonKey(reason: string): WordKey {
  const known = [...stopReasons, ...resumeReasons].find((one) => one === reason) ?? 'other';
  return `settings.stop.reason.${known}`;
}
