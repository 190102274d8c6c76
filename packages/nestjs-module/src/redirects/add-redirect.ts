import { parseRedirectUri, type SeekPass } from '@seek-pass-kit/core';
import type { Redirection } from './redirection.ts';

/**
 * Leads the learner whom this request is from to SEEK Pass, with what `seekPass.add` gave a moment ago: for applications that submit without
 * the add flow. The address is checked once more where it goes out (security rule 1); store and log it nowhere, since the first person who
 * signs in behind it gets the credential.
 *
 * ```ts
 * @Post('credentials/:id/add')
 * @Redirect()
 * async add(@Param('id') id: string) {
 *   return addRedirect(this.seekPass, await this.seekPass.add(await this.credentials.envelope(id)));
 * }
 * ```
 *
 * @throws {UnexpectedResponseError} `hostile_redirect` when it leads anywhere else than to the add flow of this client at SEEK Pass.
 */
export function addRedirect(
  { redirectOrigin: origin, clientId }: Pick<SeekPass, 'redirectOrigin' | 'clientId'>,
  { redirectUri }: { readonly redirectUri: string },
): Redirection {
  parseRedirectUri(redirectUri, { origin, clientId, flow: 'add' });
  return { url: redirectUri, statusCode: 303 };
}
