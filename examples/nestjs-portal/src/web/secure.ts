import csrf from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import secureSession from '@fastify/secure-session';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sessionCookieName } from '../sessions/session-cookie.ts';
import type { PortalSettings } from '../settings/portal.config.ts';

const eightHours = 8 * 60 * 60;

/**
 * Headers, session and CSRF tokens of the portal's own pages. The pages of SEEK Pass bring their own: they are answered before any of
 * this runs.
 *
 * @param seekPassOrigin where a form of ours may lead to in the end: without it the browser stops the redirect after the POST.
 */
export async function secure(
  app: NestFastifyApplication,
  settings: PortalSettings,
  seekPassOrigin: string,
): Promise<void> {
  const overHttps = settings.url.startsWith('https://');
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'", seekPassOrigin],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // "no-referrer" would send "Origin: null" with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: overHttps,
  });
  await app.register(secureSession, {
    key: settings.sessionKey,
    cookieName: sessionCookieName(settings),
    expiry: eightHours,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: overHttps, maxAge: eightHours },
  });
  await app.register(csrf, { sessionPlugin: '@fastify/secure-session' });
  const fastify = app.getHttpAdapter().getInstance();
  // After the body was read, which holds the token, and before any handler.
  fastify.addHook('preValidation', (request, reply, done) => {
    const changesNothing = request.method === 'GET' || request.method === 'HEAD';
    if (changesNothing) done();
    else fastify.csrfProtection(request, reply, done);
  });
}
