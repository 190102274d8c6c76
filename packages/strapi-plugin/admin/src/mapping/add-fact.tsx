import { Box, Button, Field, Flex } from '@strapi/design-system';
import { useState } from 'react';
import { useWords } from '../words/use-words.ts';

/** Adds something that only the learner knows, by a name of the institution's own. */
export function AddFact({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (name: string) => void;
}) {
  const words = useWords();
  const [name, setName] = useState('');
  const fact = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 60);
  const add = () => {
    onAdd(fact);
    setName('');
  };
  return (
    <Box>
      <Flex alignItems="flex-end" gap={2}>
        <Field.Root hint={words('mapping.facts.hint')}>
          <Field.Label>{words('mapping.facts.name')}</Field.Label>
          <Field.Input
            value={name}
            maxLength={60}
            onChange={({ target: { value } }: { target: { value: string } }) => setName(value)}
          />
          <Field.Hint />
        </Field.Root>
        <Button
          variant="secondary"
          disabled={!/[a-z0-9]/.test(fact) || taken.includes(`known_facts.${fact}`)}
          onClick={add}
        >
          {words('mapping.facts.add')}
        </Button>
      </Flex>
    </Box>
  );
}
