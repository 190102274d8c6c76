import { z } from 'zod';
import { type Credential, definitionOf } from './credential.ts';
import type { CredentialType } from './credential-type.ts';
import type { CredentialDefinition } from './definition.ts';
import { type DocumentType, documentFault } from './document.ts';
import { list, personName, strict, text } from './field-schemas.ts';
import { type PartnerChain, partnerChain } from './partner-chain.ts';
import { personal } from './personal-data.ts';

/** The file types that v2 documents for assets (docs: "Universal credential field descriptions"). */
export type AssetType = 'pdf' | 'jpg' | 'png';

/** A file of a v2 request. Without `asset_data` SEEK Pass answers with a link to upload it to. */
export interface Asset {
  asset_id: string;
  asset_type: AssetType;
  asset_data?: string | null | undefined;
}

/** An entry of a v2 batch. */
export interface V2Entry {
  credential_id: string;
  fields: Credential['fields'] | { full_name: string };
  assets?: Asset[] | undefined;
}

/** The body of a single v2 add. */
export interface V2Body extends V2Entry {
  partner_chain?: PartnerChain | undefined;
}

/** How a document travels in v2: the file of an English test is a PDF, and there is no documented type for an OpenCert. */
export function assetTypeOf(document: DocumentType): AssetType | undefined {
  if (document === 'english_assessment') return 'pdf';
  return document === 'open_cert' ? undefined : document;
}

function entryShape(definition: CredentialDefinition, fields: z.ZodType): z.ZodRawShape {
  const shape = { credential_id: text, fields };
  const types = definition.documents.map(assetTypeOf).filter((type) => type !== undefined);
  if (types.length === 0) return shape;
  const asset = strict(
    { asset_id: text, asset_type: z.enum(types), asset_data: personal(z.string()).nullish() },
    ({ asset_data: data }, report) => {
      const fault = typeof data === 'string' ? documentFault('file', data, 'data URL') : undefined;
      if (fault !== undefined) report(['asset_data'], fault);
    },
  );
  return { ...shape, assets: list(asset, 0, 1).optional() };
}

/** Schema of the body of a single v2 add. For the types whose v2 body is not printed it is an assumption. */
export function v2BodySchema(type: CredentialType): z.ZodType<V2Body> {
  const definition = definitionOf(type);
  const shape = entryShape(definition, definition.fields);
  return strict(
    definition.v2.partnerChain ? { ...shape, partner_chain: partnerChain.optional() } : shape,
  ) as never;
}

/** The digital identity of a v2 batch is printed with the name only. */
export const batchIdentityFields = strict({ full_name: personName });

/** Schema of an entry of a v2 batch. */
export function v2EntrySchema(type: CredentialType): z.ZodType<V2Entry> {
  const definition = definitionOf(type);
  return strict(
    entryShape(definition, type === 'digital_identity' ? batchIdentityFields : definition.fields),
  ) as never;
}
