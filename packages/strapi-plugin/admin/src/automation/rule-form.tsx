import {
  Box,
  Button,
  Field,
  Flex,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Toggle,
  Typography,
} from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import type { AutomationMoment, AutomationPreview, MappingAutomation } from '../../../contract/automation.ts';
import { ProblemAlert } from '../asking/problem-alert.tsx';
import { useSend } from '../asking/use-send.ts';
import { useWords } from '../words/use-words.ts';

/** The rule of one mapping. */
export function RuleForm({ rule }: { readonly rule: MappingAutomation }) {
  const words = useWords();
  const { toggleNotification } = useNotification();
  const { send, sending, problem, clear } = useSend();
  const [enabled, setEnabled] = useState(rule.enabled);
  const [moment, setMoment] = useState<AutomationMoment>(rule.moment);
  const [preview, setPreview] = useState<AutomationPreview>();
  const body = { mapping: rule.mapping, rule: { enabled, moment } };
  const change = (next: AutomationMoment) => {
    setMoment(next);
    setPreview(undefined);
    clear();
  };
  const count = async () =>
    setPreview(await send<AutomationPreview>('POST', '/seek-pass/automation/preview', body));
  const save = async () => {
    if ((await send('PUT', '/seek-pass/automation', body)) === undefined) return;
    toggleNotification({ type: 'success', message: words('automation.saved') });
  };
  return (
    <Box
      tag="section"
      aria-label={rule.title}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={6}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex direction="column" alignItems="start">
          <Typography tag="h2" variant="delta">
            {rule.title}
          </Typography>
          <Typography variant="pi" textColor="neutral600">
            {rule.contentTypeName}
          </Typography>
        </Flex>
        <Field.Root>
          <Field.Label>{words('automation.enabled')}</Field.Label>
          <Toggle
            checked={enabled}
            onLabel={words('automation.on')}
            offLabel={words('automation.off')}
            onChange={() => setEnabled(!enabled)}
          />
        </Field.Root>
        <Field.Root>
          <Field.Label>{words('automation.when')}</Field.Label>
          <SingleSelect
            value={moment.on}
            onChange={(on) =>
              change(on === 'value' ? { on: 'value', field: '', equals: '' } : { on: 'published' })
            }
          >
            <SingleSelectOption value="published">{words('automation.when.published')}</SingleSelectOption>
            <SingleSelectOption value="value">{words('automation.when.value')}</SingleSelectOption>
          </SingleSelect>
        </Field.Root>
        {moment.on === 'value' && <ValueFields moment={moment} fields={rule.fields} onChange={change} />}
        <ProblemAlert problem={problem} />
        {preview && (
          <Box role="status" background="neutral100" hasRadius padding={4}>
            <Typography>{words('automation.preview.says', { ...preview })}</Typography>
          </Box>
        )}
        <Flex gap={2}>
          <Button loading={sending} onClick={() => void save()}>
            {words('automation.save')}
          </Button>
          <Button variant="tertiary" disabled={sending} onClick={() => void count()}>
            {words('automation.preview')}
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

function ValueFields({
  moment,
  fields,
  onChange,
}: {
  readonly moment: Extract<AutomationMoment, { readonly on: 'value' }>;
  readonly fields: MappingAutomation['fields'];
  readonly onChange: (moment: AutomationMoment) => void;
}) {
  const words = useWords();
  const choices = fields.find(({ name }) => name === moment.field)?.choices;
  return (
    <Flex gap={4} alignItems="start" wrap="wrap">
      <Field.Root required>
        <Field.Label>{words('automation.field')}</Field.Label>
        <SingleSelect
          value={moment.field === '' ? null : moment.field}
          placeholder={words('automation.field.choose')}
          onChange={(field) => onChange({ on: 'value', field: String(field), equals: '' })}
        >
          {fields.map(({ name }) => (
            <SingleSelectOption key={name} value={name}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      <Field.Root required>
        <Field.Label>{words('automation.value')}</Field.Label>
        {choices === undefined ? (
          <TextInput
            value={moment.equals}
            onChange={({ target }: { target: { value: string } }) =>
              onChange({ ...moment, equals: target.value })
            }
          />
        ) : (
          <SingleSelect
            value={moment.equals === '' ? null : moment.equals}
            placeholder={words('automation.value.choose')}
            onChange={(equals) => onChange({ ...moment, equals: String(equals) })}
          >
            {choices.map((choice) => (
              <SingleSelectOption key={choice} value={choice}>
                {choice}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        )}
      </Field.Root>
    </Flex>
  );
}
