import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';
import type { credentialDefinitions } from './catalogue.ts';
import { type Credential, type DocumentTypeOf, definitionOf, type FieldsOf } from './credential.ts';
import { type CredentialType, credentialTypes } from './credential-type.ts';
import type { CredentialDefinition } from './definition.ts';
import { type DocumentType, documentFault } from './document.ts';
import type { Fault } from './fault.ts';
import { isObject, type Rule, strict, text } from './field-schemas.ts';
import { type PartnerChain, type PartnerChainPosition, partnerChain } from './partner-chain.ts';
import { personal } from './personal-data.ts';
import type { WireOptions } from './wire-options.ts';

type Definitions = typeof credentialDefinitions;

/** Documented place of `partner_chain` in the v1 envelope of a type; `never` when v1 does not have the type. */
type ChainPosition<T extends CredentialType> =
  Definitions[T] extends CredentialDefinition<T, infer _S, infer _D, infer P> ? P : never;

/** The credential types that v1 has. */
export type V1CredentialType = {
  [T in CredentialType]: [ChainPosition<T>] extends [never] ? never : T;
}[CredentialType];

interface WithChain {
  partner_chain?: PartnerChain | undefined;
}

/** `Here` where the documentation puts `partner_chain` at this place. */
type At<P extends PartnerChainPosition, T extends CredentialType, Here> =
  ChainPosition<T> extends P ? Here : unknown;

/** One credential type's {@link V1Envelope}. */
export interface V1EnvelopeOf<T extends V1CredentialType> {
  /** The partner's own id of this submission. */
  id: string;
  credential_type: T;
  document_type: DocumentTypeOf<T> | ('english_assessment' extends DocumentTypeOf<T> ? never : 'none');
  data: {
    credential: FieldsOf<T> &
      At<'credential', T, WithChain> &
      At<'test_scores', T, { test_scores: WithChain }>;
    document?: string | null | undefined;
  } & At<'data', T, WithChain>;
}

/** The body of a v1 add, as documented (docs: "Redirect user" and the field page of the type). */
export type V1Envelope = { [T in V1CredentialType]: V1EnvelopeOf<T> }[V1CredentialType];

/** The credential types that v1 has. */
export const v1CredentialTypes = credentialTypes.filter(
  (type): type is V1CredentialType => definitionOf(type).v1 !== undefined,
);

/** What a v1 envelope names when there is no document: `none`, but English knows only `english_assessment`. */
export function documentTypeWithout(documents: readonly DocumentType[]): DocumentType | 'none' {
  return documents.find((type) => type === 'english_assessment') ?? 'none';
}

const documentRule: Rule = ({ document_type: type, data }, report) => {
  const value = isObject(data) ? data['document'] : undefined;
  if (typeof value === 'string') {
    const fault: Fault | undefined =
      type === 'none' ? { code: 'bad_document' } : documentFault(type, value, 'no data URL');
    if (fault !== undefined) report(['data', 'document'], fault);
  } else if ((value ?? null) === null && type !== 'none' && type !== 'english_assessment') {
    report(['data', 'document'], {
      code: 'bad_document',
      message: 'is missing',
      remedy: 'Add it, or use document_type none.',
    });
  }
};

const chain = { partner_chain: partnerChain.optional() };

/** The fields of a v1 envelope: those of the type, with `partner_chain` where it goes among them. */
function fieldsWithChain(
  { shape, rule, fields }: CredentialDefinition,
  position: PartnerChainPosition,
): z.ZodType {
  if (position === 'data') return fields;
  const { test_scores } = shape;
  if (position === 'test_scores' && test_scores instanceof z.ZodObject) {
    return strict({ ...shape, test_scores: strict({ ...test_scores.shape, ...chain }) }, rule);
  }
  return strict({ ...shape, ...chain }, rule);
}

function envelopeSchema(type: V1CredentialType, position: PartnerChainPosition) {
  const definition = definitionOf(type);
  const { documents } = definition;
  return strict(
    {
      id: text,
      credential_type: z.literal(type),
      document_type: z.enum([...new Set([...documents, documentTypeWithout(documents)])]),
      data: strict({
        credential: fieldsWithChain(definition, position),
        document: personal(z.string()).nullish(),
        ...(position === 'data' ? chain : {}),
      }),
    },
    documentRule,
  );
}

/** Where `partner_chain` goes in the v1 envelope of a type. Throws `ConfigurationError` for a place that the type does not have. */
function chainPosition(
  type: CredentialType,
  { partnerChainAt }: WireOptions,
): PartnerChainPosition | undefined {
  const { v1, shape } = definitionOf(type);
  const position = partnerChainAt?.[type] ?? v1?.partnerChainAt;
  if (position === 'test_scores' && shape['test_scores'] === undefined) {
    throw new ConfigurationError(`partnerChainAt: ${type} has no test_scores, use 'credential' or 'data'.`);
  }
  return position;
}

const schemas = new Map<string, ReturnType<typeof envelopeSchema>>();

/** Schema of the v1 envelope of a type. Made on first use: the place of `partner_chain` is a setting. */
export function v1EnvelopeSchema(
  type: V1CredentialType,
  options: WireOptions = {},
): ReturnType<typeof envelopeSchema> {
  const position = chainPosition(type, options) ?? 'credential';
  const key = `${type} ${position}`;
  let schema = schemas.get(key);
  if (schema === undefined) {
    schema = envelopeSchema(type, position);
    schemas.set(key, schema);
  }
  return schema;
}

type Json = Readonly<Record<string, unknown>>;

/** `data` of a v1 envelope without the document: the fields, and `partner_chain` at its place. */
export function v1Data(
  { credential_type, fields, partner_chain }: Credential,
  options: WireOptions,
): Record<string, unknown> {
  if (partner_chain === undefined) return { credential: fields };
  const position = chainPosition(credential_type, options);
  if (position === 'data') return { credential: fields, partner_chain };
  if (position === 'credential') return { credential: { ...fields, partner_chain } };
  const { test_scores } = fields as { test_scores?: Json };
  return { credential: { ...fields, test_scores: { ...test_scores, partner_chain } } };
}

/** Takes a checked v1 envelope apart, wherever its `partner_chain` is: the reverse of {@link v1Data}. */
export function takeApart({ credential_type, document_type, data }: V1Envelope): Credential {
  const {
    credential,
    document,
    partner_chain: beside,
  } = data as { credential: Json; document?: string | null; partner_chain?: unknown };
  const { partner_chain: among, test_scores, ...fields } = credential;
  const { partner_chain: inScores, ...scores } = isObject(test_scores) ? test_scores : {};
  const partner_chain = beside ?? among ?? inScores;
  return {
    credential_type,
    fields: test_scores === undefined ? fields : { ...fields, test_scores: scores },
    ...(typeof document === 'string' ? { document: { type: document_type, value: document } } : {}),
    ...(partner_chain === undefined ? {} : { partner_chain }),
  } as Credential;
}
