import { ConfigurationError } from '@seek-pass-kit/core';
import { claimToken } from '../claims/claim-token.ts';
import type { FlowContext } from '../flow-context.ts';
import type { AwardRow } from '../store/rows.ts';
import { isLinkClosed } from './award-facts.ts';
import { decideAnew } from './decide-anew.ts';

/**
 * The claim link of an award, as its recipient's mail and its QR code hold it. Whoever has it may knock as the recipient:
 * it goes into no log, job, list or export (security rule 11). For staff there is {@link copyClaimLink}.
 */
export function claimUrl(
  { issuer, claimBaseUrl, claimKeys }: Pick<FlowContext, 'issuer' | 'claimBaseUrl' | 'claimKeys'>,
  { id, generation }: Pick<AwardRow, 'id' | 'generation'>,
): string {
  const [newest] = claimKeys;
  if (newest === undefined) throw new Error('An add flow without a claim key cannot start.');
  return `${claimBaseUrl}/${id}/${claimToken(newest, { issuer, awardId: id, generation })}`;
}

/**
 * The page of an award, without a token: for whoever is signed in at the host as its recipient, when the claim pages ask the host who that
 * is (`proof: { host }`). Anybody else finds nothing there.
 *
 * @throws {ConfigurationError} `invalid_configuration` for what is no id of an award.
 */
export function claimPageUrl({ claimBaseUrl }: Pick<FlowContext, 'claimBaseUrl'>, awardId: string): string {
  if (typeof awardId === 'string' && isAwardId(awardId)) return `${claimBaseUrl}/${awardId}`;
  throw new ConfigurationError('awardId is no id of an award: give the awardId of its result or status.');
}

/** Whether a text may be the id of an award: 128 random bits. */
export function isAwardId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}

/** Whose link, and who asks for it. The host has checked that they may. */
export interface LinkRequest {
  readonly awardId: string;
  /** The host's id of a member of staff. */
  readonly who: string;
}

/** `closed`: withdrawn, superseded or erased, there is no link any more. */
export type LinkResult =
  | { readonly outcome: 'link'; readonly url: string }
  | { readonly outcome: 'unknown_award' | 'closed' };

/** Gives a member of staff the claim link, and says so in the award's history. */
export function copyClaimLink(context: FlowContext, request: LinkRequest): Promise<LinkResult> {
  return linkAfter(context, request, 'link_copied', (award) => award);
}

/**
 * Makes a new link and kills every older one, and codes and sessions with them: for a mail that went to the wrong person. Learners with
 * an older link read that a newer one was sent, so send it.
 */
export function rotateLink(context: FlowContext, request: LinkRequest): Promise<LinkResult> {
  return linkAfter(context, request, 'link_rotated', (award) => ({
    ...award,
    generation: award.generation + 1,
  }));
}

function linkAfter(
  context: FlowContext,
  { awardId, who }: LinkRequest,
  what: 'link_copied' | 'link_rotated',
  change: (award: AwardRow) => AwardRow,
): Promise<LinkResult> {
  const { issuer, clock, store } = context;
  return decideAnew(store, async (tx): Promise<LinkResult> => {
    const award = await tx.lockAward(issuer, awardId);
    if (award === undefined) return { outcome: 'unknown_award' };
    if (isLinkClosed(award.facts)) return { outcome: 'closed' };
    const changed = change(award);
    if (changed !== award) {
      await tx.updateAward(changed);
      await tx.deleteClaimCode(issuer, awardId);
    }
    const why = `generation ${changed.generation}`;
    await tx.appendHistory([{ issuer, awardId, at: clock.now(), who, what, why, payloadHash: null }]);
    return { outcome: 'link', url: claimUrl(context, changed) };
  });
}
