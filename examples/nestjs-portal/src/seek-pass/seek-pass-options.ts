import type { HttpAdapterHost } from '@nestjs/core';
import type { SeekPassModuleOptions } from '@seek-pass-kit/nestjs-module';
import type { FastifyInstance } from 'fastify';
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
  { httpAdapter }: HttpAdapterHost,
): SeekPassModuleOptions {
  const { connection, keys, claimKey, namespace, smtp } = settings;
  const fastify = httpAdapter.getInstance<FastifyInstance>();
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
        async host(request) {
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
