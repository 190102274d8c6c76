import type { z } from 'zod';
import type { Scope } from '../scope.ts';
import type { CredentialType } from './credential-type.ts';
import type { DocumentType } from './document.ts';
import { type Rule, type StrictObject, strict } from './field-schemas.ts';
import type { PartnerChainPosition } from './partner-chain.ts';

/** How a type is added in v1 (docs: "Redirect user" and the field page of the type). */
export interface V1Route<P extends PartnerChainPosition = PartnerChainPosition> {
  readonly path: string;
  /** Documented place of `partner_chain`. */
  readonly partnerChainAt: P;
}

/** How a type is added in v2 (docs: the field page of the type, "Batch field descriptions"). */
export interface V2Route {
  /** Without `.json`. */
  readonly path: string;
  /** Whether the path ends in `.json`: as printed, and `true` where it is not printed. */
  readonly jsonSuffix: boolean;
  /** Whether the documentation prints the body of a single add. If not, it is sent only on request (`assumeV2`). */
  readonly documented: boolean;
  /** Whether the body takes `partner_chain`, beside `fields`. */
  readonly partnerChain: boolean;
  /** Member of a v2 batch that holds this type. */
  readonly batchMember: string;
  /** Whether that member is one entry or a list of them. */
  readonly batchKind: 'one' | 'many';
}

/** What the file of a credential type and its {@link CredentialDefinition} share. */
interface Facts<T extends CredentialType, S extends z.ZodRawShape, D extends DocumentType> {
  readonly type: T;
  /** OAuth scope for adding it. */
  readonly scope: Scope;
  /** Schema of each field. */
  readonly shape: S;
  /** What must hold between fields. */
  readonly rule?: Rule;
  /** Document types it takes; empty when it takes none. */
  readonly documents: readonly D[];
  /** Last segment of the path of its redirect URL; left out where that is not documented. */
  readonly redirectType?: string;
  /** Fields that must stay equal for a new version to replace the old; left out where that is not documented. */
  readonly updateKey?: readonly (keyof S & string)[];
}

/** Everything this kit knows about one credential type. Adding a type is adding a file with one of these and its line in the catalogue. */
export interface CredentialDefinition<
  T extends CredentialType = CredentialType,
  S extends z.ZodRawShape = z.ZodRawShape,
  D extends DocumentType = DocumentType,
  P extends PartnerChainPosition = PartnerChainPosition,
> extends Facts<T, S, D> {
  /** Strict schema of all fields. */
  readonly fields: StrictObject<S>;
  /** `undefined` when v1 does not have the type. */
  readonly v1: V1Route<P> | undefined;
  readonly v2: V2Route;
}

/** What the file of a credential type states. */
interface Statement<
  T extends CredentialType,
  S extends z.ZodRawShape,
  D extends DocumentType,
  P extends PartnerChainPosition,
> extends Facts<T, S, D> {
  /** Documented place of `partner_chain` in v1. Left out when v1 does not have the type. */
  readonly v1PartnerChainAt?: P;
  /** Where v2 differs from the rest: a type that is not printed, an entry in a list of a batch. */
  readonly v2?: Partial<V2Route>;
}

/** Completes what a file states: the schema of the fields, the paths (which follow the name of the type). */
export function defineCredential<
  const T extends CredentialType,
  const S extends z.ZodRawShape,
  const D extends DocumentType = never,
  const P extends PartnerChainPosition = never,
>(statement: Statement<T, S, D, P>): CredentialDefinition<T, S, D, P> {
  const { v1PartnerChainAt: partnerChainAt, v2, ...facts } = statement;
  return {
    ...facts,
    fields: strict(facts.shape, facts.rule),
    v1: partnerChainAt && { path: `/api/partner/v1/add/${facts.type}.json`, partnerChainAt },
    v2: {
      path: `/api/partner/v2/add/requests/${facts.type}`,
      jsonSuffix: true,
      documented: false,
      partnerChain: true,
      batchMember: `${facts.type}_items`,
      batchKind: 'many',
      ...v2,
    },
  };
}
