import { ConfigurationError } from '@seek-pass-kit/core';
import type { Core } from '@strapi/types';

/** Where the claim pages are, as browsers and as this server call it. */
export interface ClaimPlace {
  readonly claimBaseUrl: string;
  readonly origin: string;
  /** `/claim` */
  readonly path: string;
}

/**
 * Reads where the claim pages are to be served.
 *
 * @throws {ConfigurationError} `invalid_configuration` when they would take the place of something of Strapi's.
 */
export function claimPlaceOf(strapi: Core.Strapi, claimBaseUrl: string): ClaimPlace {
  const { origin, pathname: path } = new URL(claimBaseUrl);
  const first = path.split('/')[1]?.toLowerCase() ?? '';
  if (first === '') {
    throw new ConfigurationError(
      'claimBaseUrl needs a path, since Strapi serves what is above it: write it like https://credentials.example.edu/claim.',
    );
  }
  if (!/^(\/[A-Za-z0-9._-]+)+$/.test(path)) {
    throw new ConfigurationError(
      'claimBaseUrl has a path that is not a plain one: write it like https://credentials.example.edu/claim.',
    );
  }
  if (namesOfStrapi(strapi).has(first)) {
    throw new ConfigurationError(
      `claimBaseUrl is at /${first}, which Strapi itself serves: write it like ${origin}/claim.`,
    );
  }
  return { claimBaseUrl, origin, path };
}

/** The first parts of the paths that Strapi and its plugins answer. */
function namesOfStrapi(strapi: Core.Strapi): ReadonlySet<string> {
  const paths = [
    strapi.config.get<string>('admin.path', '/admin'),
    strapi.config.get<string>('api.rest.prefix', '/api'),
    ...Object.keys(strapi.plugins).map((name) => `/${name}`),
    '/admin',
    '/uploads',
    '/_health',
    '/connect',
  ];
  return new Set(
    paths.map((path) => (path.startsWith('http') ? new URL(path).pathname : path)).map(firstPart),
  );
}

function firstPart(path: string): string {
  return (
    path
      .split('/')
      .find((part) => part !== '')
      ?.toLowerCase() ?? ''
  );
}
