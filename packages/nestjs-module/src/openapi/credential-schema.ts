import { credentialDefinitions, type CredentialType, credentialTypes } from '@seek-pass-kit/core';
import { z } from 'zod';

/** An OpenAPI 3.0 schema, as far as it is made here. */
export type ApiSchema = Readonly<Record<string, unknown>>;

/** The schema of a credential of one type, or of any: its fields are those of the kit's own schemas. */
export function credentialApiSchema(type?: CredentialType): ApiSchema {
  if (type === undefined) return { oneOf: credentialTypes.map((one) => credentialApiSchema(one)) };
  const { fields, documents } = credentialDefinitions[type];
  const document = {
    type: 'object',
    properties: { type: { type: 'string', enum: [...documents] }, value: { type: 'string', nullable: true } },
    required: ['type', 'value'],
    additionalProperties: false,
  };
  const link = {
    type: 'object',
    properties: { name: { type: 'string' } },
    required: ['name'],
    additionalProperties: false,
  };
  return {
    type: 'object',
    properties: {
      credential_type: { type: 'string', enum: [type] },
      fields: z.toJSONSchema(fields, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }),
      ...(documents.length === 0 ? {} : { document }),
      partner_chain: { type: 'array', items: link, nullable: true },
    },
    required: ['credential_type', 'fields'],
    additionalProperties: false,
  };
}
