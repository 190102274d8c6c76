import type { DocumentOptions } from '@seek-pass-kit/flows';
import type { Config } from '../config/config-shape.ts';
import { given } from '../config/given.ts';

/** How files get to SEEK Pass, as the config says; `undefined`: awards come without files. */
export function documentOptionsOf({ documents, claimBaseUrl }: Config): DocumentOptions | undefined {
  if (documents === undefined) return undefined;
  const { baseUrl = `${new URL(claimBaseUrl).origin}/documents`, maxBytes } = documents;
  return { baseUrl, ...given({ maxBytes }) };
}
