import { Box, Field, Flex, Typography } from '@strapi/design-system';
import { useId } from 'react';
import type { MappingChoices, MappingFinding } from '../../../contract/mapping.ts';
import { useWords } from '../words/use-words.ts';
import { BesideField } from './beside-field.tsx';
import { type MappingDraft, nameOf } from './mapping-draft.ts';
import { NativeSelect } from './native-select.tsx';

type Typed = { readonly target: { readonly value: string } };

/** What a mapping is called, and what becomes what. */
export function MappingAbout({
  draft,
  choices,
  isNew,
  keepsPlace,
  disabled,
  findings,
  onChange,
}: {
  readonly draft: MappingDraft;
  readonly choices: MappingChoices;
  readonly isNew: boolean;
  /** Something was issued: name and content type stay. */
  readonly keepsPlace: boolean;
  readonly disabled: boolean;
  readonly findings: readonly MappingFinding[];
  readonly onChange: (draft: MappingDraft) => void;
}) {
  const words = useWords();
  const id = useId();
  const { name, title, contentType, credentialType, timeZone = '' } = draft;
  const about = (target: string) => findings.filter((finding) => finding.target === target);
  const followsTitle = isNew && (name === '' || name === nameOf(title));
  const whole = about('');
  const typeChoices = choices.credentialTypes.map(({ credentialType: type, targets }) => {
    const label = words(`mapping.type.${type}`);
    return {
      type,
      possible: targets.length > 0,
      label: targets.length > 0 ? label : words('mapping.type.records', { type: label }),
    };
  });
  return (
    <Box
      tag="section"
      aria-labelledby={`${id}-title`}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      padding={6}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="h2" variant="delta" id={`${id}-title`}>
          {words('mapping.about')}
        </Typography>
        <BesideField id={`${id}-whole`} findings={whole} />
        <Field.Root hint={words('mapping.field.title.hint')} required>
          <Field.Label>{words('mapping.field.title')}</Field.Label>
          <Field.Input
            value={title}
            maxLength={100}
            disabled={disabled}
            onChange={({ target: { value } }: Typed) =>
              onChange({ ...draft, title: value, ...(followsTitle ? { name: nameOf(value) } : {}) })
            }
          />
          <Field.Hint />
        </Field.Root>
        <Field.Root hint={words('mapping.field.name.hint')} required>
          <Field.Label>{words('mapping.field.name')}</Field.Label>
          <Field.Input
            value={name}
            maxLength={50}
            disabled={disabled || keepsPlace}
            onChange={({ target: { value } }: Typed) => onChange({ ...draft, name: value })}
          />
          <Field.Hint />
        </Field.Root>
        <Box>
          <Typography tag="label" htmlFor={`${id}-content`} variant="pi" fontWeight="bold">
            {words('mapping.field.contentType')}
          </Typography>
          <NativeSelect
            id={`${id}-content`}
            value={contentType}
            disabled={disabled || keepsPlace}
            aria-describedby={`${id}-content-findings`}
            onChange={({ target: { value } }) => onChange({ ...draft, contentType: value })}
          >
            <option value="">{words('mapping.choose')}</option>
            {contentType !== '' && !choices.contentTypes.some(({ uid }) => uid === contentType) && (
              <option value={contentType}>{contentType}</option>
            )}
            {choices.contentTypes.map(({ uid, name: called }) => (
              <option key={uid} value={uid}>
                {called}
              </option>
            ))}
          </NativeSelect>
          <BesideField id={`${id}-content-findings`} findings={about('contentType')} />
        </Box>
        <Box>
          <Typography tag="label" htmlFor={`${id}-credential`} variant="pi" fontWeight="bold">
            {words('mapping.field.credentialType')}
          </Typography>
          <NativeSelect
            id={`${id}-credential`}
            value={credentialType}
            disabled={disabled}
            aria-describedby={`${id}-credential-findings`}
            onChange={({ target: { value } }) =>
              onChange({
                ...draft,
                credentialType: typeChoices.find(({ type }) => type === value)?.type ?? '',
              })
            }
          >
            <option value="">{words('mapping.choose')}</option>
            {typeChoices.map(({ type, possible, label }) => (
              <option key={type} value={type} disabled={!possible}>
                {label}
              </option>
            ))}
          </NativeSelect>
          <BesideField id={`${id}-credential-findings`} findings={about('credentialType')} />
        </Box>
        <Field.Root hint={words('mapping.field.timeZone.hint')}>
          <Field.Label>{words('mapping.field.timeZone')}</Field.Label>
          <Field.Input
            value={timeZone}
            maxLength={60}
            disabled={disabled}
            placeholder={Intl.DateTimeFormat().resolvedOptions().timeZone}
            onChange={({ target: { value } }: Typed) => onChange(withTimeZone(draft, value))}
          />
          <Field.Hint />
          <BesideField id={`${id}-zone-findings`} findings={about('timeZone')} />
        </Field.Root>
      </Flex>
    </Box>
  );
}

function withTimeZone({ timeZone: _before, ...draft }: MappingDraft, timeZone: string): MappingDraft {
  return timeZone === '' ? draft : { ...draft, timeZone };
}
