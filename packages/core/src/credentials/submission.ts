import { z } from 'zod';
import { type Credential, credentialSchema } from './credential.ts';
import type { V1Envelope } from './envelope.ts';
import { strict, text } from './field-schemas.ts';
import type { ApiVersion } from './wire-options.ts';

/** A credential with what an add needs besides. */
export interface Submission {
  /** The partner's own id of this submission. */
  id: string;
  credential: Credential;
  /** Default: v1 where v1 has the type, else v2. */
  version?: ApiVersion | undefined;
}

/** What can be added: the body that SEEK Pass documents for v1, or a credential with an id. */
export type AddInput = V1Envelope | Submission;

const version = z.enum(['v1', 'v2']).optional();

/** Schema of a {@link Submission}. */
export const submissionSchema: z.ZodType<Submission> = strict({
  id: text,
  credential: credentialSchema,
  version,
});
