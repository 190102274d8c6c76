import { Box, Button, Field, Flex, NumberInput, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { RunDetail } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';

/** The word that a run waits for: by a button, or by its number when it is large. */
export function ConfirmRun({
  run,
  onConfirmed,
}: {
  readonly run: RunDetail;
  readonly onConfirmed: () => void;
}) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  const [typed, setTyped] = useState<number>();
  const { brake } = run;
  if (brake === null) return null;
  if (brake.tooManyRefused)
    return (
      <Typography textColor="danger600">
        {words('runs.brake.too_many', { most: brake.mostRefused })}
      </Typography>
    );
  if (brake.awards === 0) return <Typography>{words('runs.brake.nothing')}</Typography>;
  if (!run.own) return <Typography>{words('runs.confirm.others', { who: run.startedBy })}</Typography>;
  const confirm = async () => {
    await send('POST', `/seek-pass/runs/${run.id}/confirm`, { awards: brake.awards });
    onConfirmed();
  };
  const isTyped = !brake.needsConfirmation || typed === brake.awards;
  return (
    <Flex direction="column" alignItems="flex-start" gap={4}>
      {brake.needsConfirmation && (
        <>
          <Typography>{words('runs.brake.type', { awards: brake.awards })}</Typography>
          <Box>
            <Field.Root name="awards">
              <Field.Label>{words('runs.brake.number')}</Field.Label>
              <NumberInput {...(typed === undefined ? {} : { value: typed })} onValueChange={setTyped} />
            </Field.Root>
          </Box>
        </>
      )}
      {brake.canary > 0 && <Typography>{words('runs.brake.first', { canary: brake.canary })}</Typography>}
      <ProblemAlert problem={problem} />
      <Button onClick={() => void confirm()} disabled={!isTyped} loading={sending}>
        {words('runs.confirm', { awards: brake.awards })}
      </Button>
    </Flex>
  );
}
