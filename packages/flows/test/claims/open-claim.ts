import { claimUrl } from '../../src/awards/claim-link.ts';
import { type ClaimHandler, createClaimHandler } from '../../src/claims/claim-handler.ts';
import type { ClaimHandlerOptions } from '../../src/claims/claim-handler-options.ts';
import type { FlowContext } from '../../src/flow-context.ts';
import { type AddFlowFixture, openAddFlow } from '../add-flow-fixture.ts';
import { ClaimBrowser, type ClaimBrowserOptions } from './claim-browser.ts';

/** An add flow with its claim pages. */
export interface ClaimFixture extends AddFlowFixture {
  readonly handler: ClaimHandler;
  /** What `onError` was told. */
  readonly faults: unknown[];
  /** A new device. */
  readonly browser: (options?: ClaimBrowserOptions) => ClaimBrowser;
  /** The newest link of an award, or that of a generation. */
  readonly linkOf: (awardId: string, generation?: number) => Promise<string>;
}

/** Opens claim pages with these settings; `change` replaces parts of the context. They close when the test ends. */
export async function openClaim(
  options: ClaimHandlerOptions = {},
  change: Partial<FlowContext> = {},
): Promise<ClaimFixture> {
  const flow = await openAddFlow(change);
  const faults: unknown[] = [];
  const handler = createClaimHandler(flow.context, { onError: (error) => faults.push(error), ...options });
  return {
    ...flow,
    handler,
    faults,
    browser: (browserOptions) => new ClaimBrowser(handler, browserOptions),
    async linkOf(awardId, generation) {
      const award = await flow.store.read.award(flow.context.issuer, awardId);
      return claimUrl(flow.context, { id: awardId, generation: generation ?? award?.generation ?? 0 });
    },
  };
}

/** A context whose store refuses every change, and counts none: what only reads still works with it. */
export function readOnly(context: FlowContext): FlowContext {
  const { read, limits } = context.store;
  const refuse = async () => {
    throw new Error('Something was to be changed.');
  };
  return {
    ...context,
    mail: { send: refuse },
    store: {
      read,
      limits: { take: refuse, used: (...of) => limits.used(...of), turn: refuse, pauseTurns: refuse },
      transaction: refuse,
      jobs: { claim: refuse, extend: refuse, settle: refuse, dead: refuse } as never,
      sweep: refuse,
      close: refuse,
    },
  };
}
