import { Button, Field, Flex } from '@strapi/design-system';
import { type FormEvent, useState } from 'react';
import { useMay } from '../permissions/use-may.ts';
import { useWords } from '../words/use-words.ts';

/** Finds one person or one award. What is typed goes to the server only, and into no address. */
export function IssuanceSearch({
  text,
  onSearch,
}: {
  readonly text: string;
  readonly onSearch: (text: string) => void;
}) {
  const words = useWords();
  const { may } = useMay();
  const [typed, setTyped] = useState(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim());
  };
  const clear = () => {
    setTyped('');
    onSearch('');
  };
  return (
    <form role="search" onSubmit={submit}>
      <Field.Root
        hint={words(may('personal-data') ? 'issuances.search.hint' : 'issuances.search.hintWithoutNames')}
      >
        <Field.Label>{words('issuances.search.label')}</Field.Label>
        <Flex gap={2} wrap="wrap">
          <Flex width={{ initial: '100%', medium: '40rem' }} direction="column" alignItems="stretch">
            <Field.Input
              type="text"
              size="S"
              autoComplete="off"
              maxLength={1000}
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </Flex>
          <Button type="submit" variant="secondary" disabled={typed.trim() === ''}>
            {words('issuances.search.find')}
          </Button>
          {text !== '' && (
            <Button variant="tertiary" onClick={clear}>
              {words('issuances.search.clear')}
            </Button>
          )}
        </Flex>
        <Field.Hint />
      </Field.Root>
    </form>
  );
}
