import type { Connection } from '../connection.ts';
import type { FlowContext } from '../flow-context.ts';
import { type ClaimHandlerOptions, type ClaimRules, readClaimRules } from './claim-handler-options.ts';
import { type ClaimSecrets, deriveClaimSecrets } from './claim-secrets.ts';
import { openPageDesk, type PageDesk, type PageVisit } from './page-desk.ts';

/** What every answer of the claim pages is made with: checked, derived and hashed once. */
export interface ClaimDesk extends PageDesk<FlowContext> {
  readonly rules: ClaimRules;
  readonly secrets: readonly ClaimSecrets[];
}

/** One request and what it is answered with. */
export interface Visit extends PageVisit {
  readonly desk: ClaimDesk;
  readonly connection: Connection;
}

/** @throws {ConfigurationError} `invalid_configuration`, naming the setting. */
export function openClaimDesk(context: FlowContext, options: ClaimHandlerOptions): ClaimDesk {
  return {
    ...openPageDesk(context, context.claimBaseUrl),
    rules: readClaimRules(context, options),
    secrets: deriveClaimSecrets(context.issuer, context.claimKeys),
  };
}
