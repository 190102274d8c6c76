import type { z } from 'zod';
import type { Scope } from '../scope.ts';
import type { CredentialType } from './credential-type.ts';
import type { DocumentType } from './document.ts';
import { type Rule, type StrictObject, strict } from './field-schemas.ts';
import type { LintFinding } from './lint-finding.ts';
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
  /** Whether the documentation prints this path with `.json`. */
  readonly jsonSuffix: boolean;
  /** Whether the documentation prints the body of a single add. If not, it is sent only on request (`assumeV2`). */
  readonly documented: boolean;
  /** Whether the body has a documented place for `partner_chain`. */
  readonly partnerChain: boolean;
  /** Member of a v2 batch that holds this type. */
  readonly batchMember: string;
  /** Whether that member is one entry or a list of them. */
  readonly batchKind: 'one' | 'many';
}

/** What a file of a credential type states. */
interface DefinitionInput<
  T extends CredentialType,
  S extends z.ZodRawShape,
  D extends DocumentType,
  P extends PartnerChainPosition,
> {
  readonly type: T;
  /** OAuth scope for adding it. */
  readonly scope: Scope;
  /** Schema of each field. */
  readonly shape: S;
  /** What must hold between fields. */
  readonly rule?: Rule;
  /** Left out when v1 does not have the type. */
  readonly v1?: V1Route<P>;
  readonly v2: V2Route;
  /** Document types it takes; empty when it takes none. */
  readonly documents: readonly D[];
  /** Last segment of the path of its redirect URL; `undefined` where that is not documented. */
  readonly redirectType: string | undefined;
  /** Fields that must stay equal for a new version to replace the old; `undefined` where that is not documented. */
  readonly updateKey: readonly (keyof S & string)[] | undefined;
  /** What SEEK's content rules and plain sense say about valid fields. `today` is `YYYY-MM-DD`. */
  lint(fields: z.output<StrictObject<S>>, today: string): LintFinding[];
}

/** Everything this kit knows about one credential type. Adding a type is adding a file with one of these and its line in the catalogue. */
export interface CredentialDefinition<
  T extends CredentialType = CredentialType,
  S extends z.ZodRawShape = z.ZodRawShape,
  D extends DocumentType = DocumentType,
  P extends PartnerChainPosition = PartnerChainPosition,
> extends DefinitionInput<T, S, D, P> {
  /** Strict schema of all fields. */
  readonly fields: StrictObject<S>;
}

/** Completes a definition with the schema of its fields. */
export function defineCredential<
  const T extends CredentialType,
  const S extends z.ZodRawShape,
  const D extends DocumentType = never,
  const P extends PartnerChainPosition = never,
>(definition: DefinitionInput<T, S, D, P>): CredentialDefinition<T, S, D, P> {
  return { ...definition, fields: strict(definition.shape, definition.rule) };
}
