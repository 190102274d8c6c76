import type { FastifyInstance } from 'fastify';
import type { PortalSettings } from '../settings/portal.config.ts';
import type { Visitor } from './visitor.ts';

/** Of the session cookie. `__Host-` lets no other site of the domain set it, and wants https. */
export function sessionCookieName({ url }: Pick<PortalSettings, 'url'>): string {
  return url.startsWith('https://') ? '__Host-portal' : 'portal';
}

/** Who is signed in by a `Cookie` header: for the claim pages, which come before every hook and plugin of the application. */
export function visitorOfCookies(
  fastify: FastifyInstance,
  settings: Pick<PortalSettings, 'url'>,
  header: string | null,
): Visitor | undefined {
  if (header === null) return undefined;
  const sealed = fastify.parseCookie(header)[sessionCookieName(settings)];
  return sealed === undefined ? undefined : fastify.decodeSecureSession(sealed)?.get('visitor');
}
