import { Box, Button, Flex, Textarea, TextInput, Typography } from '@strapi/design-system';
import { useId, useState } from 'react';
import type { MappingFinding, MappingSource, MappingTarget, SourceField } from '../../../contract/mapping.ts';
import { targetInWords } from '../entries/target-words.ts';
import type { WordKey } from '../words/word-key.ts';
import { useWords } from '../words/use-words.ts';
import { BesideField } from './beside-field.tsx';
import { fitting } from './fitting-fields.ts';
import { NativeSelect } from './native-select.tsx';
import { SourceOptions } from './source-options.tsx';

/** Stand in the select beside the fields, whose paths never begin so. */
const textChoice = '=text';
const templateChoice = '=template';

const hints: Readonly<Record<string, WordKey>> = {
  user: 'mapping.hint.user',
  locale: 'mapping.hint.locale',
  email_verified: 'mapping.hint.email_verified',
  minor: 'mapping.hint.minor',
  document: 'mapping.hint.document',
  document_type: 'mapping.hint.document_type',
  partner_chain: 'mapping.hint.partner_chain',
};

/** What a target field needs to know. */
export interface TargetFieldProps {
  readonly target: MappingTarget;
  readonly source: MappingSource | undefined;
  readonly contentTypeName: string;
  readonly fields: readonly SourceField[];
  readonly findings: readonly MappingFinding[];
  readonly disabled: boolean;
  readonly onChange: (source: MappingSource | undefined) => void;
}

/** One thing that a mapping fills: where it comes from, and what is wrong with that. */
export function TargetField({
  target,
  source,
  contentTypeName,
  fields,
  findings,
  disabled,
  onChange,
}: TargetFieldProps) {
  const words = useWords();
  const id = useId();
  const name = targetInWords(target.name);
  const fit = fields.filter((field) => fitting(target.kind, field.kind));
  const choice = choiceOf(source);
  const isGone = source !== undefined && 'field' in source && !fit.some(({ path }) => path === source.field);
  const hint = hints[target.name] ?? (target.updateKey ? 'mapping.hint.updateKey' : undefined);
  const takesText = target.kind !== 'user';
  const takesTemplate = takesText && target.kind !== 'boolean' && target.choices === undefined;
  return (
    <Box paddingBottom={4}>
      <Typography tag="label" htmlFor={`${id}-source`} variant="pi" fontWeight="bold" textColor="neutral800">
        {name}
        {target.required && ` (${words('mapping.needed')})`}
      </Typography>
      {hint && (
        <Typography tag="p" variant="pi" textColor="neutral600" id={`${id}-hint`}>
          {words(hint)}
        </Typography>
      )}
      <Flex direction="column" alignItems="stretch" gap={2} paddingTop={1}>
        <NativeSelect
          id={`${id}-source`}
          value={choice}
          disabled={disabled}
          aria-describedby={`${id}-hint ${id}-findings`}
          aria-invalid={findings.some(({ severity }) => severity === 'error')}
          onChange={({ target: { value } }) => onChange(sourceOf(value, target, source))}
        >
          <option value="">{words(target.required ? 'mapping.from.nothing' : 'mapping.from.none')}</option>
          {isGone && <option value={choice}>{words('mapping.from.gone', { field: choice })}</option>}
          <SourceOptions contentTypeName={contentTypeName} fields={fit} />
          {takesText && (
            <optgroup label={words('mapping.from.other')}>
              <option value={textChoice}>{words('mapping.from.text')}</option>
              {takesTemplate && <option value={templateChoice}>{words('mapping.from.template')}</option>}
            </optgroup>
          )}
        </NativeSelect>
        {source !== undefined && 'text' in source && (
          <FixedText
            target={target}
            text={source.text}
            disabled={disabled}
            onChange={(text) => onChange({ text })}
          />
        )}
        {source !== undefined && 'template' in source && (
          <Template
            name={name}
            template={source.template}
            contentTypeName={contentTypeName}
            fields={fields.filter((field) => fitting('template', field.kind))}
            disabled={disabled}
            onChange={(template) => onChange({ template })}
          />
        )}
      </Flex>
      <BesideField id={`${id}-findings`} findings={findings} />
    </Box>
  );
}

function choiceOf(source: MappingSource | undefined): string {
  if (source === undefined) return '';
  if ('field' in source) return source.field;
  return 'text' in source ? textChoice : templateChoice;
}

/** A template begins with the field that was chosen before: most often something is to be added to it. */
function sourceOf(
  choice: string,
  { kind, choices }: MappingTarget,
  before: MappingSource | undefined,
): MappingSource | undefined {
  if (choice === '') return undefined;
  if (choice === textChoice) return { text: choices?.[0] ?? (kind === 'boolean' ? 'yes' : '') };
  if (choice === templateChoice)
    return { template: before !== undefined && 'field' in before ? `{${before.field}}` : '' };
  return { field: choice };
}

function FixedText({
  target,
  text,
  disabled,
  onChange,
}: {
  readonly target: MappingTarget;
  readonly text: string;
  readonly disabled: boolean;
  readonly onChange: (text: string) => void;
}) {
  const words = useWords();
  const label = words('mapping.text', { target: targetInWords(target.name) });
  const choices = target.choices ?? (target.kind === 'boolean' ? ['yes', 'no'] : undefined);
  if (choices === undefined) {
    return (
      <TextInput
        aria-label={label}
        value={text}
        maxLength={1000}
        disabled={disabled}
        onChange={({ target: { value } }: { target: { value: string } }) => onChange(value)}
      />
    );
  }
  return (
    <NativeSelect
      aria-label={label}
      value={text}
      disabled={disabled}
      onChange={({ target: { value } }) => onChange(value)}
    >
      {!choices.includes(text) && <option value={text}>{text}</option>}
      {choices.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </NativeSelect>
  );
}

function Template({
  name,
  template,
  contentTypeName,
  fields,
  disabled,
  onChange,
}: {
  readonly name: string;
  readonly template: string;
  readonly contentTypeName: string;
  readonly fields: readonly SourceField[];
  readonly disabled: boolean;
  readonly onChange: (template: string) => void;
}) {
  const words = useWords();
  const [chosen, setChosen] = useState('');
  return (
    <>
      <Textarea
        aria-label={words('mapping.template', { target: name })}
        value={template}
        maxLength={1000}
        disabled={disabled}
        onChange={({ target: { value } }: { target: { value: string } }) => onChange(value)}
      />
      <Flex gap={2}>
        <NativeSelect
          aria-label={words('mapping.template.insert', { target: name })}
          value={chosen}
          disabled={disabled}
          onChange={({ target: { value } }) => setChosen(value)}
        >
          <option value="">{words('mapping.choose')}</option>
          <SourceOptions contentTypeName={contentTypeName} fields={fields} />
        </NativeSelect>
        <Button
          variant="secondary"
          disabled={disabled || chosen === ''}
          aria-label={words('mapping.template.insertOf', { target: name })}
          onClick={() => onChange(`${template}${/^$|\s$/.test(template) ? '' : ' '}{${chosen}}`)}
        >
          {words('mapping.template.insertButton')}
        </Button>
      </Flex>
    </>
  );
}
