import {
  Box,
  Button,
  Field,
  Flex,
  ProgressBar,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { useRef, useState } from 'react';
import { type ImportColumns, mostImportBytes } from '../../../contract/imports.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';
import { sendFile } from './send-file.ts';

/** Credential types whose rows fit into a file. */
const types = [
  'microcredential',
  'education',
  'english_proficiency',
  'digital_identity',
  'right_to_work',
  'universal_credential',
] as const;

type RowType = (typeof types)[number];

/** A file that is there, and what its columns probably hold. */
export interface ReadFile {
  readonly fileId: string;
  readonly type: RowType;
  readonly columns: ImportColumns;
}

/** The first step: which file, and what it holds. */
export function ChooseFile({ onRead }: { readonly onRead: (file: ReadFile) => void }) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  const input = useRef<HTMLInputElement>(null);
  const [type, setType] = useState<RowType>('microcredential');
  const [name, setName] = useState<string>();
  const [tooLarge, setTooLarge] = useState(false);
  const [share, setShare] = useState<number>();

  const read = async () => {
    const file = input.current?.files?.[0];
    if (file === undefined) return;
    setTooLarge(file.size > mostImportBytes);
    if (file.size > mostImportBytes) return;
    setShare(0);
    const sent = await sendFile(file, send, setShare);
    const columns =
      sent && (await send<ImportColumns>('POST', `/seek-pass/imports/${sent.id}/columns`, { type }));
    setShare(undefined);
    if (sent !== undefined && columns !== undefined) onRead({ fileId: sent.id, type, columns });
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography variant="delta" tag="h2">
        {words('imports.file.heading')}
      </Typography>
      <Field.Root
        name="file"
        hint={words('imports.file.hint')}
        error={tooLarge && words('imports.file.large')}
      >
        <Field.Label>{words('imports.file.label')}</Field.Label>
        <Box paddingTop={1} paddingBottom={1}>
          <input
            ref={input}
            type="file"
            aria-label={words('imports.file.label')}
            accept=".csv,.tsv,.txt,.xlsx"
            onChange={({ target }) => setName(target.files?.[0]?.name)}
          />
        </Box>
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Field.Root name="type">
        <Field.Label>{words('imports.file.type')}</Field.Label>
        <SingleSelect value={type} onChange={(value) => setType(types.find((one) => one === value) ?? type)}>
          {types.map((one) => (
            <SingleSelectOption key={one} value={one}>
              {words(`imports.type.${one}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      {share !== undefined && (
        <ProgressBar value={Math.floor(share * 100)} aria-label={words('imports.file.sending')} />
      )}
      <ProblemAlert problem={problem} />
      <Box>
        <Button
          disabled={name === undefined}
          loading={sending || share !== undefined}
          onClick={() => void read()}
        >
          {words('imports.file.send')}
        </Button>
      </Box>
    </Flex>
  );
}
