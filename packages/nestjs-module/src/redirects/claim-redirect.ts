import type { AddFlow } from '@seek-pass-kit/flows';
import type { Redirection } from './redirection.ts';

/**
 * Leads somebody who is signed in to the page on which they add one of their own awards to SEEK Pass. The address holds no token: the page
 * asks the application's own sign-in once more, so the claim pages need `proof: { host }`, and anybody else finds nothing there.
 *
 * ```ts
 * @Post('awards/:awardId/add')
 * @Redirect()
 * add(@Param('awardId') awardId: string) {
 *   return claimRedirect(this.flow, awardId);
 * }
 * ```
 *
 * @throws {ConfigurationError} `invalid_configuration` for what is no id of an award.
 */
export function claimRedirect(flow: Pick<AddFlow, 'claimPageUrl'>, awardId: string): Redirection {
  return { url: flow.claimPageUrl(awardId), statusCode: 303 };
}
