import { z } from 'zod';
import { credentialDefinitions } from './catalogue.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import type { CredentialDefinition } from './definition.ts';
import { type CredentialDocument, type DocumentType, documentFault } from './document.ts';
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
 * What is given to a person, in the wire names of SEEK Pass but without its envelope. The credential types that take no document have no `document`;
 * the others may leave it out.
 */
export type Credential = { [T in CredentialType]: CredentialOf<T> }[CredentialType];

/** The definition of a credential type, for code that works with any type. */
export function definitionOf(type: CredentialType): CredentialDefinition {
  return credentialDefinitions[type];
}

/** The documents that go out as assets in v2 are image and PDF files; these may come as data URLs. */
function documentSchema(definition: CredentialDefinition) {
  const { documents } = definition;
  if (documents.length === 0) {
    return z
      .custom<undefined>((value) => value === undefined, {
        params: {
          code: 'bad_document',
          message: 'is not taken by this credential type',
          remedy: 'Leave it out.',
        },
      })
      .optional();
  }
  return personal(
    strict(
      { type: z.enum(documents as [DocumentType, ...DocumentType[]]), value: z.string().nullable() },
      (given, report) => {
        const { type, value } = given;
        if (typeof value !== 'string' || !documents.includes(type as DocumentType)) return;
        const fault = documentFault(type as DocumentType, value, true);
        if (fault !== undefined) report(['value'], fault);
      },
    ),
  ).optional();
}

function schemaOf(type: CredentialType) {
  const definition = definitionOf(type);
  return strict({
    credential_type: z.literal(type),
    fields: definition.fields,
    document: documentSchema(definition),
    partner_chain: partnerChain.optional(),
  });
}

/** Schema of a {@link Credential}, by type. */
export const credentialSchemas = Object.fromEntries(
  credentialTypes.map((type) => [type, schemaOf(type)]),
) as unknown as { readonly [T in CredentialType]: z.ZodType<CredentialOf<T>> };

/** Schema of a {@link Credential} whose type is known only at run time. */
export function credentialSchema(type: CredentialType): z.ZodType<Credential> {
  return credentialSchemas[type] as z.ZodType<Credential>;
}
