import { z } from 'zod';
import { type CredentialOf, definitionOf } from './credential.ts';
import { type CredentialType } from './credential-type.ts';
import { type DocumentType, documentFault } from './document.ts';
import { strict, text } from './field-schemas.ts';
import { partnerChain } from './partner-chain.ts';
import { personal } from './personal-data.ts';
import type { Fault } from './problem.ts';

/** The file types that v2 documents for assets (docs: "Universal credential field descriptions"). */
export type AssetType = 'pdf' | 'jpg' | 'png';

/** A file of a v2 request. Without `asset_data` SEEK Pass answers with a link to upload it to. */
export interface Asset {
  readonly asset_id: string;
  readonly asset_type: AssetType;
  readonly asset_data: string | null;
}

/** How a document travels in v2: the file of an English test is a PDF, and there is no documented type for an OpenCert. */
export function assetTypeOf(document: DocumentType): AssetType | undefined {
  if (document === 'english_assessment') return 'pdf';
  return document === 'open_cert' ? undefined : document;
}

/** The asset of a document. Its id is the id of the credential, so that an upload link can be told apart in a batch. */
export function assetOf(
  id: string,
  document: NonNullable<CredentialOf<'education'>['document']>,
): Asset | Fault {
  const asset_type = assetTypeOf(document.type);
  if (asset_type === undefined) return openCertInV2;
  return { asset_id: id, asset_type, asset_data: document.value };
}

/** Why an OpenCert is refused in v2. */
const openCertInV2: Fault = {
  code: 'bad_document',
  message: 'is an OpenCert, for which v2 documents no asset type',
  remedy: 'Use version v1, or send a file.',
};

function assetsSchema(documents: readonly DocumentType[]) {
  const types = [...new Set(documents.map(assetTypeOf).filter((type) => type !== undefined))];
  const asset = strict(
    {
      asset_id: text(),
      asset_type: z.enum(types as [AssetType, ...AssetType[]]),
      asset_data: personal(z.string()).nullish(),
    },
    ({ asset_data: data }, report) => {
      const fault = typeof data === 'string' ? documentFault('pdf', data, true) : undefined;
      if (fault !== undefined) report(['asset_data'], fault);
    },
  );
  return z.array(asset).max(1).optional();
}

/** `assets` where the type has documents that v2 can carry. */
function withAssets(type: CredentialType, shape: z.ZodRawShape): z.ZodRawShape {
  const { documents } = definitionOf(type);
  return documents.length === 0 ? shape : { ...shape, assets: assetsSchema(documents) };
}

/** Schema of the body of a single v2 add. For the types whose v2 body is not printed it is an assumption. */
export function v2BodySchema(type: CredentialType): z.ZodType {
  const { fields, v2 } = definitionOf(type);
  const chain = v2.partnerChain ? { partner_chain: partnerChain.optional() } : {};
  return strict(withAssets(type, { credential_id: text(), fields, ...chain }));
}

/** Schema of an entry of a v2 batch. The digital identity of a batch is printed with `full_name` only. */
export function v2EntrySchema(type: CredentialType): z.ZodType {
  const { fields } = definitionOf(type);
  const entryFields = type === 'digital_identity' ? fields.pick({ full_name: true }) : fields;
  return strict(withAssets(type, { credential_id: text(), fields: entryFields }));
}
