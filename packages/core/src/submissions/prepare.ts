import { scopeSet, type ScopeSet } from '../scope.ts';

/** An add, ready for the wire. */
export interface PreparedAdd {
  readonly id: string;
  readonly path: string;
  readonly scopes: ScopeSet;
  readonly body: string;
}
/** interim */
export type AddInput = Record<string, unknown>;

/** Interim: v1 envelopes as they are, until the schemas are in. */
export function prepareAdd(input: AddInput): PreparedAdd {
  const type = String(input['credential_type']);
  return {
    id: String(input['id']),
    path: `/api/partner/v1/add/${type}.json`,
    scopes: scopeSet([type === 'universal_credential' ? 'write.universal' : `write.${type}`]),
    body: JSON.stringify(input),
  };
}
