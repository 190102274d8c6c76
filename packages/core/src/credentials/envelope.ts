import { z } from 'zod';
import { ConfigurationError } from '../errors.ts';
import { type CredentialOf, type DocumentTypeOf, type FieldsOf, definitionOf } from './credential.ts';
import type { credentialDefinitions } from './catalogue.ts';
import type { CredentialType } from './credential-type.ts';
import type { CredentialDefinition } from './definition.ts';
import { type DocumentType, documentFault } from './document.ts';
import { type Rule, isObject, strict, text } from './field-schemas.ts';
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

type EnvelopeFields<T extends CredentialType> = FieldsOf<T> &
  (ChainPosition<T> extends 'credential'
    ? WithChain
    : ChainPosition<T> extends 'test_scores'
      ? { test_scores: WithChain }
      : unknown);

/** One credential type's {@link V1Envelope}. */
export interface V1EnvelopeOf<T extends CredentialType> {
  /** The partner's own id of this submission. */
  id: string;
  credential_type: T;
  document_type: DocumentTypeOf<T> extends 'english_assessment'
    ? DocumentTypeOf<T>
    : DocumentTypeOf<T> | 'none';
  data: {
    credential: EnvelopeFields<T>;
    document?: string | null | undefined;
  } & (ChainPosition<T> extends 'data' ? WithChain : unknown);
}

/** The body of a v1 add, as documented (docs: "Redirect user" and the field page of the type). */
export type V1Envelope = { [T in V1CredentialType]: V1EnvelopeOf<T> }[V1CredentialType];

/** What a v1 envelope names when there is no document: `none`, but English knows only `english_assessment`. */
export function absentDocumentType(documents: readonly DocumentType[]): DocumentType | 'none' {
  return documents.includes('english_assessment') ? 'english_assessment' : 'none';
}

const documentRule: Rule = ({ document_type: type, data }, report) => {
  const value = isObject(data) ? data['document'] : undefined;
  if (typeof value === 'string') {
    if (type === 'none') {
      report(['data', 'document'], {
        code: 'bad_document',
        message: 'is given although document_type is none',
        remedy: 'Name the type of the document, or leave the document out.',
      });
    } else if (typeof type === 'string') {
      const fault = documentFault(type as DocumentType, value, false);
      if (fault !== undefined) report(['data', 'document'], fault);
    }
  } else if (type === 'pdf' || type === 'png' || type === 'jpg' || type === 'open_cert') {
    if (value !== undefined && value !== null) return;
    report(['data', 'document'], {
      code: 'bad_document',
      message: `is missing although document_type is ${type}`,
      remedy: 'Add the document, or set document_type to none.',
    });
  }
};

const chain = partnerChain.optional();

/** Schema of the v1 envelope of a type that v1 documents, with `partner_chain` at one place. */
function envelopeSchema(definition: CredentialDefinition, position: PartnerChainPosition): z.ZodType {
  const { type, shape, rule, documents } = definition;
  const none = absentDocumentType(documents);
  const types = documents.includes(none as DocumentType) ? documents : [...documents, none];
  const data = { credential: definition.fields as z.ZodType, document: personal(z.string()).nullish() };
  if (position === 'credential') data.credential = strict({ ...shape, partner_chain: chain }, rule);
  if (position === 'test_scores') {
    const scores = shape['test_scores'];
    if (!(scores instanceof z.ZodObject)) {
      throw new ConfigurationError(`partnerChainAt: ${type} has no test_scores, use 'credential' or 'data'.`);
    }
    data.credential = strict({ ...shape, test_scores: scores.extend({ partner_chain: chain }) }, rule);
  }
  return strict(
    {
      id: text(),
      credential_type: z.literal(type),
      document_type: z.enum(types as [string, ...string[]]),
      data: strict(position === 'data' ? { ...data, partner_chain: chain } : data),
    },
    documentRule,
  );
}

const schemas = new Map<string, z.ZodType>();

/** Schema of a v1 envelope; `undefined` for a type that v1 does not have. */
export function v1EnvelopeSchema(type: CredentialType, options: WireOptions = {}): z.ZodType | undefined {
  const definition = definitionOf(type);
  if (definition.v1 === undefined) return undefined;
  const position = options.partnerChainAt?.[type] ?? definition.v1.partnerChainAt;
  const key = `${type} ${position}`;
  let schema = schemas.get(key);
  if (schema === undefined) {
    schema = envelopeSchema(definition, position);
    schemas.set(key, schema);
  }
  return schema;
}

type Json = Readonly<Record<string, unknown>>;

/** `data` of a v1 envelope, without the document: the fields, and `partner_chain` at its place. */
export function v1Data(
  type: CredentialType,
  credential: Pick<CredentialOf<CredentialType>, 'fields' | 'partner_chain'>,
  options: WireOptions,
): Record<string, unknown> {
  const fields: Json = { ...credential.fields };
  const { partner_chain } = credential;
  if (partner_chain === undefined) return { credential: fields };
  const position = options.partnerChainAt?.[type] ?? definitionOf(type).v1?.partnerChainAt;
  if (position === 'data') return { credential: fields, partner_chain };
  if (position === 'credential') return { credential: { ...fields, partner_chain } };
  return { credential: { ...fields, test_scores: { ...(fields['test_scores'] as Json), partner_chain } } };
}

/** Takes a checked v1 envelope apart; the reverse of {@link v1Data} for any place of `partner_chain`. */
export function takeApart(envelope: V1Envelope): Record<string, unknown> {
  const { credential, document, ...beside } = envelope.data as {
    credential: Json;
    document?: string | null;
    partner_chain?: unknown;
  };
  const { partner_chain: inFields, ...fields } = credential as Json & { partner_chain?: unknown };
  let chainGiven = inFields ?? beside.partner_chain;
  const scores = fields['test_scores'];
  if (isObject(scores)) {
    const { partner_chain: inScores, ...rest } = scores;
    chainGiven ??= inScores;
    Object.assign(fields, { test_scores: rest });
  }
  return {
    credential_type: envelope.credential_type,
    fields,
    ...(typeof document === 'string' ? { document: { type: envelope.document_type, value: document } } : {}),
    ...(chainGiven === undefined || chainGiven === null ? {} : { partner_chain: chainGiven }),
  };
}
