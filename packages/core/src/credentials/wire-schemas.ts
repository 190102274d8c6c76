import { z } from 'zod';
import { credentialSchema, definitionOf } from './credential.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import { type V1CredentialType, type V1EnvelopeOf, v1CredentialTypes, v1EnvelopeSchema } from './envelope.ts';
import { list, strict, text } from './field-schemas.ts';
import { collectPersonalNames } from './personal-data.ts';
import { requestSchemas } from './request-schemas.ts';
import { type V2Body, v2BodySchema, type V2Entry, v2EntrySchema } from './v2-body.ts';

/** The body of a v1 batch (docs: "Batch field descriptions", older): envelopes without documents. */
export interface V1BatchBody {
  id: string;
  credentials: {
    [T in V1CredentialType]: {
      id: string;
      credential_type: T;
      data: Omit<V1EnvelopeOf<T>['data'], 'document'>;
    };
  }[V1CredentialType][];
}

/** The body of a v2 batch (docs: "Batch field descriptions"). Which members are required is not settled there: each may be left out. */
export interface V2BatchBody {
  credential_id: string;
  digital_identity?: V2Entry | undefined;
  education_items?: V2Entry[] | undefined;
  microcredential_items?: V2Entry[] | undefined;
  english_proficiency_items?: V2Entry[] | undefined;
  right_to_work_items?: V2Entry[] | undefined;
  career_history?: V2Entry | undefined;
  universal_credential_items?: V2Entry[] | undefined;
}

function perType(types: readonly CredentialType[], schemaOf: (type: never) => z.ZodType): unknown {
  return Object.fromEntries(types.map((type) => [type, schemaOf(type as never)]));
}

function batchV1Entries(): unknown {
  return v1CredentialTypes.map((type) => {
    const { document: _document, ...data } = v1EnvelopeSchema(type).shape.data.shape;
    return strict({ id: text, credential_type: z.literal(type), data: strict(data) });
  });
}

function batchV2Members(): z.ZodRawShape {
  const members = credentialTypes.map((type) => {
    const { batchMember, batchKind } = definitionOf(type).v2;
    const entry = v2EntrySchema(type);
    return [batchMember, (batchKind === 'one' ? entry : z.array(entry)).optional()];
  });
  return Object.fromEntries(members) as z.ZodRawShape;
}

function makeWireSchemas() {
  return {
    /** v1 adds, by type (docs: "Redirect user" and the field pages). */
    addV1: perType(v1CredentialTypes, v1EnvelopeSchema) as {
      readonly [T in V1CredentialType]: z.ZodType<V1EnvelopeOf<T>>;
    },
    /** v2 adds, by type. Printed for career_history and universal_credential; an assumption for the others. */
    addV2: perType(credentialTypes, v2BodySchema) as { readonly [T in CredentialType]: z.ZodType<V2Body> },
    /** Docs: "Batch field descriptions", older. */
    batchV1: strict({
      id: text,
      credentials: list(z.discriminatedUnion('credential_type', batchV1Entries() as never), 1),
    }) as z.ZodType as z.ZodType<V1BatchBody>,
    /** Docs: "Batch field descriptions". */
    batchV2: strict({ credential_id: text, ...batchV2Members() }) as z.ZodType as z.ZodType<V2BatchBody>,
    ...requestSchemas,
  };
}

/**
 * The shapes of all request bodies that this kit sends, as SEEK Pass documents them. Unknown members are refused. Made by a call that is marked
 * pure: a bundler leaves all this out of a program that only uses the client.
 */
export const wireSchemas = /* @__PURE__ */ makeWireSchemas();

function namesOfPersonalMembers(): ReadonlySet<string> {
  const names = new Set<string>();
  const { addV1, addV2 } = wireSchemas;
  for (const schema of [credentialSchema, ...Object.values(addV1), ...Object.values(addV2)]) {
    collectPersonalNames(schema, '', names);
  }
  return names;
}

/** The names of all members that hold personal data, by the marks in the schemas. What is below such a member is personal too. */
export const personalMembers: ReadonlySet<string> = /* @__PURE__ */ namesOfPersonalMembers();

/** Whether the value at a path, like `data.credential.full_name`, is personal data. */
export function isPersonalField(path: string): boolean {
  return path.split('.').some((name) => personalMembers.has(name));
}
