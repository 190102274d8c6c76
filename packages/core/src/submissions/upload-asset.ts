import type { Dispatcher } from 'undici';
import { isLoopbackHost, webAddress } from '../base-url.ts';
import { ConfigurationError } from '../errors.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Environment } from '../options.ts';

/** A file for a presigned link. */
export interface AssetUpload {
  /** The link from SEEK Pass's answer to an add with assets. */
  readonly url: string;
  readonly body: Uint8Array;
  /** Must equal the type that was given when the link was made. */
  readonly contentType: string;
}

/**
 * The call that puts a file to its presigned link (docs: "Batch field descriptions"): raw bytes, without our token. Putting the same
 * bytes twice has the effect of once.
 */
export function uploadRequest(
  { url, body, contentType }: AssetUpload,
  environment: Environment,
  dispatcher: Dispatcher,
): ApiRequest<void> {
  const target = webAddress(url);
  const allowed =
    target?.protocol === 'https:' ||
    (target !== undefined && environment === 'sandbox' && isLoopbackHost(target.hostname));
  if (!allowed || target.username + target.password !== '') {
    throw new ConfigurationError(
      'The url of an upload must be the https link that SEEK Pass answered with: pass it unchanged.',
    );
  }
  if (!(body instanceof Uint8Array)) {
    throw new ConfigurationError(
      'The body of an upload must be the bytes of the file (Uint8Array or Buffer).',
    );
  }
  return {
    operation: 'uploadAsset',
    method: 'PUT',
    urlTemplate: '{presigned link}',
    body,
    contentType,
    read: () => undefined,
    elsewhere: { origin: target.origin, path: target.pathname + target.search, dispatcher },
  };
}
