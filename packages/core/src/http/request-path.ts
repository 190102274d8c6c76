import { ConfigurationError } from '../errors.ts';
import type { ApiRequest } from './api-request.ts';

/** The path of a request, its `{…}` filled. The id is escaped, so that it cannot reach another path. */
export function requestPath(request: ApiRequest<unknown>): string {
  const { urlTemplate, id } = request;
  return 'id' in request ? urlTemplate.replaceAll(/\{\w+\}/g, encodeURIComponent(checkId(id))) : urlTemplate;
}

/** Empty ids would ask for something else than they seem to. */
export function checkId(id: unknown): string {
  if (typeof id === 'string' && id !== '' && id !== '.' && id !== '..') return id;
  throw new ConfigurationError('An id must be a text that is not empty, "." or "..": pass the one you mean.');
}
