import { behaviours } from '../src/behaviours.ts';
import type { ContractCheck, Observation } from './check.ts';
import { addChecks } from './checks/adds.ts';
import { statusChecks } from './checks/statuses.ts';
import { tokenChecks } from './checks/tokens.ts';
import { verifyAndWebhookChecks } from './checks/verify-and-webhooks.ts';
import { PartnerApi, ScopeNotGranted } from './partner-api.ts';
import type { Target } from './partner-api.ts';

/** All checks, in the order of the report. */
export const contractChecks: readonly ContractCheck[] = [
  ...tokenChecks,
  ...addChecks,
  ...statusChecks,
  ...verifyAndWebhookChecks,
];

/** What one target did in one check. `seen` says why when the check could not be made. */
export type Outcome =
  | (Observation & { readonly made: true })
  | { readonly made: false; readonly seen: string };

/** Whether the documentation says so, or the sandbox assumes it. */
export function basisOf(check: ContractCheck): 'documented' | 'assumed' {
  const behaviour = behaviours.find(({ name }) => name === check.behaviour);
  if (behaviour === undefined) throw new TypeError(`There is no behaviour ${check.behaviour} in the list.`);
  return behaviour.basis;
}

/**
 * Puts every check to a target, one after the other: staging is shared, and nobody is in a hurry. `onDone` is told after each. The submissions
 * it leaves behind are about nobody and expire in 48 hours; its webhooks are deleted.
 */
export async function runContract(
  target: Target,
  onDone: () => void = () => undefined,
): Promise<readonly Outcome[]> {
  const api = new PartnerApi(target);
  const outcomes: Outcome[] = [];
  for (const check of contractChecks) {
    outcomes.push(await outcomeOf(check, api));
    onDone();
  }
  return outcomes;
}

async function outcomeOf(check: ContractCheck, api: PartnerApi): Promise<Outcome> {
  try {
    return { made: true, ...(await check.observe(api)) };
  } catch (error) {
    if (error instanceof ScopeNotGranted) return { made: false, seen: error.message };
    const reason = error instanceof Error ? error.message : String(error);
    return { made: true, seen: `failed: ${reason}`, asExpected: false };
  }
}
