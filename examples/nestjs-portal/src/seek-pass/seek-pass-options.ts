import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { SeekPassModuleOptions } from '@seek-pass-kit/nestjs-module';
import type { PortalDatabase } from '../database/portal-database.ts';
import { visitorOfCookies } from '../sessions/session-cookie.ts';
import type { PortalSettings } from '../settings/portal-settings.ts';
import { university } from '../web/university.ts';
import type { SeekPassSettings } from './seek-pass-settings.ts';

/** What SEEK Pass is in this portal: which parts, at which addresses, over which database, with whose sign-in. */
export function seekPassOptions(
  settings: SeekPassSettings,
  portal: PortalSettings,
  database: PortalDatabase,
  server: HttpAdapterHost<FastifyAdapter>,
): SeekPassModuleOptions {
  const { connection, keys, claimKey, namespace, smtp } = settings;
  return {
    ...connection,
    // Two to issue, two to verify. Ask SEEK Pass for those you use.
    scopes: ['write.education', 'write.microcredential', 'read.digital_identity', 'write.digital_identity'],
    brand: { name: university.name, colour: university.colour, helpEmail: university.helpEmail },
    store: { postgres: { pool: database.pool } },
    keys,
    addFlow: {
      claimBaseUrl: `${portal.url}/claim`,
      namespace,
      claimKey,
      mail: { smtp },
    },
    claimPages: {
      proof: {
        host(request) {
          // Asked for here: while the options are made, a testing module has no server yet.
          const fastify = server.httpAdapter.getInstance();
          const visitor = visitorOfCookies(fastify, portal, request.headers.get('cookie'));
          if (visitor?.as !== 'student') return undefined;
          return { subject: visitor.id, ...(visitor.viewedBy && { impersonatedBy: visitor.viewedBy.id }) };
        },
        signInUrl: (returnTo) => `${portal.url}/sign-in?to=${encodeURIComponent(new URL(returnTo).pathname)}`,
      },
    },
    verifyFlow: { callbackBaseUrl: `${portal.url}/verify` },
    webhooks: { receiverUrl: `${portal.url}/webhooks/seek-pass`, registerEndpoint: true },
  };
}
