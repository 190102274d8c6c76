/**
 * The only place where the sandbox takes something from core: shapes of the wire, never behaviour. What the sandbox decides,
 * it decides with its own code, so that core is tested against a second reading of the documentation.
 */
import type { z } from 'zod';
import { credentialTypes } from '../../core/src/credentials/credential-type.ts';
import type { CredentialType } from '../../core/src/credentials/credential-type.ts';
import { wireSchemas } from '../../core/src/credentials/wire-schemas.ts';
import type { VerifyRequest } from './world/verification.ts';

export { credentialTypes, type CredentialType };

/** The types v1 has: universal credentials exist in v2 only (docs: "Universal credential field descriptions"). */
export const v1CredentialTypes = credentialTypes.filter((type) => type !== 'universal_credential');

/** What the sandbox reads of a v1 add. */
export interface AddV1Body {
  readonly id: string;
  readonly document_type: string;
}

/** A file that comes with a v2 add. */
export interface AssetBody {
  readonly asset_id: string;
  readonly asset_type: string;
  readonly asset_data?: string | null | undefined;
}

/** What the sandbox reads of a v2 add, or of an entry of a v2 batch. */
export interface AddV2Body {
  readonly credential_id: string;
  readonly assets?: readonly AssetBody[] | undefined;
}

/** What the sandbox reads of a v1 batch. */
export interface BatchV1Body {
  readonly id: string;
  readonly credentials: readonly { readonly credential_type: CredentialType }[];
}

/** What the sandbox reads of a v2 batch (docs: "Batch field descriptions"). */
export interface BatchV2Body {
  readonly credential_id: string;
  readonly digital_identity?: AddV2Body | undefined;
  readonly education_items?: readonly AddV2Body[] | undefined;
  readonly microcredential_items?: readonly AddV2Body[] | undefined;
  readonly english_proficiency_items?: readonly AddV2Body[] | undefined;
  readonly right_to_work_items?: readonly AddV2Body[] | undefined;
  readonly career_history?: AddV2Body | readonly AddV2Body[] | undefined;
  readonly universal_credential_items?: readonly AddV2Body[] | undefined;
}

/** What the sandbox reads of a webhook request. */
export interface WebhookBody {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

interface WireShapes {
  readonly addV1: { readonly [T in Exclude<CredentialType, 'universal_credential'>]: z.ZodType<AddV1Body> };
  readonly addV2: { readonly [T in CredentialType]: z.ZodType<AddV2Body> };
  readonly batchV1: z.ZodType<BatchV1Body>;
  readonly batchV2: z.ZodType<BatchV2Body>;
  readonly bulkStatus: z.ZodType<{ readonly ids: readonly string[] }>;
  readonly verifyRequest: z.ZodType<VerifyRequest>;
  readonly webhookCreate: z.ZodType<WebhookBody & { readonly url: string }>;
  readonly webhookUpdate: z.ZodType<WebhookBody>;
}

/** Request bodies as zod schemas, per endpoint. Core's types say less than its schemas check. */
export const wireShapes = wireSchemas as unknown as WireShapes;
