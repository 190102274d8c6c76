import { z } from 'zod';
import { credentialDefinitions } from './catalogue.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import type { CredentialDefinition } from './definition.ts';
import { type CredentialDocument, documentFault } from './document.ts';
import { strict } from './field-schemas.ts';
import { type PartnerChain, partnerChain } from './partner-chain.ts';
import { personal } from './personal-data.ts';

type Definitions = typeof credentialDefinitions;

/** The fields of a credential type, in their wire names. */
export type FieldsOf<T extends CredentialType> = z.output<Definitions[T]['fields']>;

/** The document types that a credential type takes; `never` when it takes none. */
export type DocumentTypeOf<T extends CredentialType> = Definitions[T]['documents'][number];

/** One credential type's {@link Credential}. */
export interface CredentialOf<T extends CredentialType> {
  credential_type: T;
  fields: FieldsOf<T>;
  document?:
    | ([DocumentTypeOf<T>] extends [never] ? never : CredentialDocument<DocumentTypeOf<T>>)
    | undefined;
  partner_chain?: PartnerChain | undefined;
}

/**
 * What is given to a person, in the wire names of SEEK Pass but without its envelope. Types that take no document have no `document`; the
 * others may leave it out.
 */
export type Credential = { [T in CredentialType]: CredentialOf<T> }[CredentialType];

/** The definition of a credential type that is known only at run time. */
export function definitionOf(type: CredentialType): CredentialDefinition {
  return credentialDefinitions[type];
}

function documentSchema(documents: CredentialDefinition['documents']) {
  if (documents.length === 0) {
    const params = {
      code: 'bad_document',
      message: 'is not taken by this credential type',
      remedy: 'Leave it out.',
    };
    return z.custom<undefined>((value) => value === undefined, { params }).optional();
  }
  const schema = strict(
    { type: z.enum(documents), value: z.string().nullable() },
    ({ type, value }, report) => {
      if (typeof value !== 'string') return;
      const fault = documentFault(type, value, 'data URL');
      if (fault !== undefined) report(['value'], fault);
    },
  );
  return personal(schema).optional();
}

/** Schemas of a {@link Credential}, in the order of {@link credentialTypes}. */
const schemas = credentialTypes.map((type) => {
  const { fields, documents } = definitionOf(type);
  return strict({
    credential_type: z.literal(type),
    fields,
    document: documentSchema(documents),
    partner_chain: partnerChain.optional(),
  });
});

/** Schema of a {@link Credential}. */
export const credentialSchema = z.discriminatedUnion(
  'credential_type',
  schemas as never,
) as z.ZodType<Credential>;
