import type { ConfigType } from '@nestjs/config';
import type { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { SeekPassModuleOptions } from '@seek-pass-kit/nestjs-module';
import type { seekPassConfig, seekPassIssuingConfig } from '@seek-pass-kit/nestjs-module/configuration';
import type { PortalDatabase } from '../database/portal-database.ts';
import { visitorOfCookies } from '../sessions/session-cookie.ts';
import type { mailConfig } from '../settings/mail.config.ts';
import type { PortalSettings } from '../settings/portal.config.ts';
import { university } from '../web/university.ts';

/** What SEEK Pass is in this portal: which parts, at which addresses, over which database, with whose sign-in. */
export function seekPassOptions(
  connection: ConfigType<typeof seekPassConfig>,
  issuing: ConfigType<typeof seekPassIssuingConfig>,
  smtp: ConfigType<typeof mailConfig>,
  portal: PortalSettings,
  database: PortalDatabase,
  server: HttpAdapterHost<FastifyAdapter>,
): SeekPassModuleOptions {
  return {
    // Two to issue, two to verify: ask SEEK Pass for those you use. SEEK_PASS_SCOPES wins.
    scopes: ['write.education', 'write.microcredential', 'read.digital_identity', 'write.digital_identity'],
    ...connection,
    brand: { name: university.name, colour: university.colour, helpEmail: university.helpEmail },
    store: { postgres: { pool: database.pool } },
    addFlow: { ...issuing, claimBaseUrl: `${portal.url}/claim`, mail: { smtp } },
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
