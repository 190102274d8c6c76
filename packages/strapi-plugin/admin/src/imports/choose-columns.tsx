import {
  Box,
  Button,
  Field,
  Flex,
  Grid,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import type { ColumnMapping, ColumnSource } from '@seek-pass-kit/flows/bulk';
import { useRef, useState } from 'react';
import type { ImportColumns } from '../../../contract/imports.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { saveFile } from '../runs/use-download.ts';
import { useWords } from '../words/use-words.ts';
import type { ReadFile } from './choose-file.tsx';

const dateFormats = [
  'YYYY-MM-DD',
  'DD/MM/YYYY',
  'MM/DD/YYYY',
  'DD.MM.YYYY',
  'DD-MM-YYYY',
  'YYYY/MM/DD',
] as const;
const none = ' ';

interface Choosing {
  readonly file: ReadFile;
  readonly onOther: () => void;
  readonly onChecked: (run: RunDetail) => void;
}

/** The second step: which column holds what. */
export function ChooseColumns({ file: { fileId, type, columns }, onOther, onChecked }: Choosing) {
  const words = useWords();
  const { send, sending, problem } = useSend();
  const saved = useRef<HTMLInputElement>(null);
  const [mapping, setMapping] = useState<ColumnMapping>(columns.guess);
  const missing = columns.fields.filter(({ name, required }) => required && !(name in mapping.columns));

  const choose = (name: string, source: ColumnSource | undefined) => {
    const { [name]: _former, ...others } = mapping.columns;
    setMapping({ ...mapping, columns: source === undefined ? others : { ...others, [name]: source } });
  };
  const load = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const body = { type, yaml: await chosen.text() };
    const read = await send<ImportColumns>('POST', `/seek-pass/imports/${fileId}/columns`, body);
    if (read !== undefined) setMapping(read.guess);
  };
  const save = async () => {
    const answer = await send<{ readonly yaml: string }>('POST', '/seek-pass/imports/yaml', mapping);
    if (answer !== undefined) saveFile(`seek-pass-columns-${type}.yaml`, [answer.yaml], 'text/yaml');
  };
  const check = async () => {
    const run = await send<RunDetail>('POST', '/seek-pass/runs', { source: 'import', fileId, mapping });
    if (run !== undefined) onChecked(run);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Box>
        <Typography variant="delta" tag="h2">
          {words('imports.columns.heading')}
        </Typography>
        <Typography textColor="neutral600">{words('imports.columns.hint')}</Typography>
      </Box>
      <Grid.Root gap={4}>
        {columns.fields.map(({ name, required }) => (
          <Grid.Item key={name} col={6} s={12} direction="column" alignItems="stretch">
            <ColumnChoice
              name={name}
              required={required}
              titles={columns.titles}
              source={mapping.columns[name]}
              onChoose={(source) => choose(name, source)}
            />
          </Grid.Item>
        ))}
        <Grid.Item col={6} s={12} direction="column" alignItems="stretch">
          <Field.Root name="dateFormat">
            <Field.Label>{words('imports.columns.dates')}</Field.Label>
            <SingleSelect
              value={mapping.dateFormat ?? dateFormats[0]}
              onChange={(value) =>
                setMapping({
                  ...mapping,
                  dateFormat: dateFormats.find((one) => one === value) ?? dateFormats[0],
                })
              }
            >
              {dateFormats.map((format) => (
                <SingleSelectOption key={format} value={format}>
                  {format}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        </Grid.Item>
      </Grid.Root>
      <ProblemAlert problem={problem} />
      <Flex gap={2} wrap="wrap">
        <Button onClick={() => void check()} disabled={missing.length > 0} loading={sending}>
          {words('imports.columns.check')}
        </Button>
        <Button variant="tertiary" onClick={() => void save()}>
          {words('imports.columns.save')}
        </Button>
        <Button variant="tertiary" onClick={() => saved.current?.click()}>
          {words('imports.columns.load')}
        </Button>
        <input
          ref={saved}
          type="file"
          hidden
          accept=".yaml,.yml"
          aria-label={words('imports.columns.load')}
          onChange={({ target }) => void load(target.files?.[0])}
        />
        <Button variant="tertiary" onClick={onOther}>
          {words('imports.columns.other')}
        </Button>
      </Flex>
    </Flex>
  );
}

interface Choice {
  readonly name: string;
  readonly required: boolean;
  readonly titles: readonly string[];
  readonly source: ColumnSource | undefined;
  readonly onChoose: (source: ColumnSource | undefined) => void;
}

function ColumnChoice({ name, required, titles, source, onChoose }: Choice) {
  const words = useWords();
  const special = typeof source === 'object' ? JSON.stringify(source) : undefined;
  const value = special ?? (typeof source === 'string' ? source : none);
  const lacks = required && source === undefined;
  return (
    <Field.Root
      name={name}
      required={required}
      {...(lacks ? { error: words('imports.columns.required') } : {})}
      {...(name === 'key' ? { hint: words('imports.columns.key_hint') } : {})}
    >
      <Field.Label>{name === 'key' ? words('imports.columns.key') : name}</Field.Label>
      <SingleSelect
        value={value}
        onChange={(next) => {
          if (next !== special) onChoose(next === none ? undefined : String(next));
        }}
      >
        <SingleSelectOption value={none}>{words('imports.columns.none')}</SingleSelectOption>
        {special === undefined ? null : (
          <SingleSelectOption value={special}>
            {isConstant(source)
              ? words('imports.columns.constant', { text: source.const })
              : words('imports.columns.joined', { titles: (source as readonly string[]).join(' + ') })}
          </SingleSelectOption>
        )}
        {titles
          .filter((title) => title !== '')
          .map((title) => (
            <SingleSelectOption key={title} value={title}>
              {title}
            </SingleSelectOption>
          ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

function isConstant(source: ColumnSource | undefined): source is { readonly const: string } {
  return typeof source === 'object' && 'const' in source;
}
