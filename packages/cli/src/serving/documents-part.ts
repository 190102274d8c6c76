import { errorName } from '@seek-pass-kit/flows/node';
import { given } from '../config/given.ts';
import type { Settings } from '../config/settings.ts';
import { documentOptionsOf } from '../flow/document-options.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import type { PartWatch, ServedPart } from './served-part.ts';

/** Where SEEK Pass fetches the files of awards, when the config has `documents`. */
export function documentsPart(
  { flow }: OpenFlow,
  { config }: Settings,
  { log }: PartWatch,
): ServedPart | undefined {
  const url = documentOptionsOf(config)?.baseUrl;
  if (url === undefined) return undefined;
  const handler = flow.documents({
    onError: (error) => log({ event: 'request_failed', error: errorName(error) }),
    ...given({ callers: config.documents?.callers, trustedProxies: config.claimPages?.trustedProxies }),
  });
  return { name: 'Documents', url, routes: [{ path: new URL(url).pathname, handler }] };
}
