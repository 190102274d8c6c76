import { type CredentialDefinition, credentialDefinitions, type CredentialType } from '@seek-pass-kit/core';
import { isPersonalField } from '@seek-pass-kit/core';
import { type FieldColumn, fieldColumns, knownFactsPrefix } from '@seek-pass-kit/flows/bulk';
import { z } from 'zod';
import type { MappingTarget, TargetKind } from '../../../contract/mapping.ts';

/**
 * What a mapping for this credential type can fill, in the order of a form: the recipient, the fields, the document. `known_facts.<name>` is
 * not listed: its name is the issuer's own. Empty for a type that consists of records.
 */
export function targetsOf(type: CredentialType): readonly MappingTarget[] {
  const columns = fieldColumns[type];
  if (columns === undefined) return [];
  const definition: CredentialDefinition = credentialDefinitions[type];
  return [
    ...columns.filter(({ name }) => name === 'full_name').map((column) => fieldTarget(definition, column)),
    recipientTarget('email', 'text', true),
    recipientTarget('user', 'user'),
    recipientTarget('locale', 'text'),
    recipientTarget('email_verified', 'boolean'),
    recipientTarget('minor', 'boolean'),
    ...columns.filter(({ name }) => name !== 'full_name').map((column) => fieldTarget(definition, column)),
    ...documentTargets(definition),
    {
      name: 'partner_chain',
      group: 'more',
      kind: 'list',
      required: false,
      updateKey: false,
      personal: false,
    },
  ];
}

/** The target of a name, also of a fact that only the recipient should know. */
export function targetOf(type: CredentialType, name: string): MappingTarget | undefined {
  if (/^known_facts\.[a-z0-9_-]{1,60}$/i.test(name)) return recipientTarget(name, 'text');
  return targetsOf(type).find((target) => target.name === name);
}

function recipientTarget(name: string, kind: TargetKind, required = false): MappingTarget {
  const personal = name === 'email' || name === 'user' || name.startsWith(knownFactsPrefix);
  return { name, group: 'recipient', kind, required, updateKey: false, personal };
}

function fieldTarget(definition: CredentialDefinition, { name, kind }: FieldColumn): MappingTarget {
  const [first = ''] = name.split('.');
  const schema = definition.shape[first] as z.ZodType | undefined;
  const choices = schema instanceof z.ZodEnum ? schema.options.map(String) : [];
  return {
    name,
    group: name === 'full_name' ? 'recipient' : 'credential',
    kind,
    required: schema?.safeParse(undefined).success === false && isNeeded(schema, name),
    updateKey: definition.updateKey?.includes(first) === true,
    personal: isPersonalField(name),
    ...(choices.length === 0 ? {} : { choices }),
  };
}

/** Inside an object that is required, a member may still be left out. */
function isNeeded(schema: z.ZodType, name: string): boolean {
  let inner: z.ZodType | undefined = schema;
  for (const member of name.split('.').slice(1)) {
    inner = inner instanceof z.ZodObject ? (inner.shape[member] as z.ZodType | undefined) : undefined;
  }
  return inner?.safeParse(undefined).success === false;
}

function documentTargets({ documents }: CredentialDefinition): MappingTarget[] {
  if (documents.length === 0) return [];
  const shared = { group: 'document', required: false, updateKey: false } as const;
  return [
    { ...shared, name: 'document', kind: 'document', personal: true },
    { ...shared, name: 'document_type', kind: 'text', personal: false, choices: documents },
  ];
}
