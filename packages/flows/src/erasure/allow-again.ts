import { decideAnew } from '../awards/decide-anew.ts';
import type { FlowContext } from '../flow-context.ts';
import { hashOf, type Whose } from './whose.ts';

/**
 * Lets people who were erased, and what they had, be awarded again: everything that the same erasure suppressed. An import that still
 * has them issues it anew, as a new version. `not_suppressed`: nothing is in the way.
 */
export function allowAgain(
  context: FlowContext,
  { of, who }: { readonly of: Whose; readonly who: string },
): Promise<'allowed' | 'not_suppressed'> {
  const { issuer, store, clock } = context;
  const hash = hashOf(context, of);
  return decideAnew(store, async (tx) => {
    await tx.lockErasures(issuer);
    const found = await tx.suppressions(issuer, [hash]);
    for (const { erasureId } of found) {
      const lifted = await tx.deleteSuppressions(issuer, erasureId);
      await tx.appendAudit([
        {
          issuer,
          at: clock.now(),
          who,
          what: 'suppression_lifted',
          about: `erasure:${erasureId}`,
          why: `${lifted} hashes`,
        },
      ]);
    }
    return found.length === 0 ? 'not_suppressed' : 'allowed';
  });
}
