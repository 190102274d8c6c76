import { createRequire } from 'node:module';
import type { IncomingMessage } from 'node:http';
import secureSession from '@fastify/secure-session';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import session from 'express-session';
import { jwtVerify, SignJWT } from 'jose';
import passport from 'passport';
import type { HostPerson } from '@seek-pass-kit/flows';
import type { AppSessionProof, ConnectMiddleware } from '../../src/index.ts';
import { openPortal, type Portal, type PortalParts, type PortalUser, signInUrl, users } from './portal.ts';

/** With Express 4. */
export const { ExpressAdapter: ExpressAdapterOfNest10 } = createRequire(
  new URL('../../fixtures/nest-10/package.json', import.meta.url),
)('@nestjs/platform-express') as { ExpressAdapter: typeof ExpressAdapter };

const cookieName = 'portal';

/** What the portals of these tests know of who is signed in, as `host` gives it. */
function personOf(user: PortalUser | undefined): HostPerson | undefined {
  if (user === undefined) return undefined;
  const { id: subject, actingStaff: impersonatedBy } = user;
  return impersonatedBy === undefined ? { subject } : { subject, impersonatedBy };
}

type Opened = Pick<PortalParts, 'adapter' | 'signIn' | 'main'> & {
  readonly use?: readonly ConnectMiddleware[];
  readonly host: AppSessionProof['host'];
};

/** express-session with Passport: two middlewares, which the claim pages run too. */
function passportPortal(adapter: Opened['adapter']): Opened {
  const pass = new passport.Passport();
  pass.serializeUser((user, done) => done(null, Object.entries(users).find(([, one]) => one === user)?.[0]));
  pass.deserializeUser((name: string, done) => done(null, users[name]));
  const use = [session({ secret: 'of the portal', resave: false, saveUninitialized: false }), pass.session()];
  return {
    adapter,
    use,
    main: (app) => app.use(...use),
    signIn: (request: Express.Request, user) =>
      new Promise((resolve, reject) => {
        const done = (error?: unknown) => (error === undefined || error === null ? resolve() : reject(error));
        if (user === undefined) request.logout(done);
        else request.login(user, done);
      }),
    host: (_request, { user }: IncomingMessage & { readonly user?: PortalUser }) => personOf(user),
  };
}

/** The sealed cookie of @fastify/secure-session, opened by the plugin itself. */
function secureSessionPortal(): Opened {
  const adapter = new FastifyAdapter();
  return {
    adapter,
    main(app) {
      void (app as NestFastifyApplication).register(secureSession, {
        cookieName,
        key: Buffer.alloc(32, 7),
        cookie: { path: '/', httpOnly: true },
      });
    },
    async signIn(request: { session: secureSession.Session<{ user: PortalUser }> }, user) {
      if (user === undefined) request.session.delete();
      else request.session.set('user', user);
    },
    host(request) {
      const value = cookieOf(request, cookieName);
      const found =
        value === undefined ? null : adapter.getInstance().decodeSecureSession(decodeURIComponent(value));
      return personOf(found?.get('user'));
    },
  };
}

/** A signed token in a cookie: read from the cookie alone, on either server. */
function tokenPortal(adapter: () => Opened['adapter']): Opened {
  const key = new TextEncoder().encode('a key of the portal, 32 bytes long');
  return {
    adapter: adapter(),
    async signIn(_request, user, reply) {
      const token = user && (await new SignJWT({ user }).setProtectedHeader({ alg: 'HS256' }).sign(key));
      const cookie = `${cookieName}=${token ?? ''}; Path=/; HttpOnly${user === undefined ? '; Max-Age=0' : ''}`;
      reply.header('set-cookie', cookie);
    },
    async host(request) {
      const token = cookieOf(request, cookieName);
      if (token === undefined) return undefined;
      const { payload } = await jwtVerify<{ user: PortalUser }>(token, key, { algorithms: ['HS256'] });
      return personOf(payload.user);
    },
  };
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split('; ');
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

const portals: Readonly<Record<string, () => Opened>> = {
  'Passport on Express 5': () => passportPortal(new ExpressAdapter()),
  'Passport on Express 4': () => passportPortal(new ExpressAdapterOfNest10()),
  'a secure session on Fastify': secureSessionPortal,
  'a token on Fastify': () => tokenPortal(() => new FastifyAdapter()),
  'a token on Express': () => tokenPortal(() => new ExpressAdapter()),
};

/** The ways in which applications know who is signed in. */
export const waysToSignIn = Object.keys(portals);

/** Opens a portal that signs people in this way. */
export function openPortalWith(way: string): Promise<Portal> {
  const opened = portals[way]?.();
  if (opened === undefined) throw new Error(`There is no portal with ${way}.`);
  const { use, host, ...parts } = opened;
  return openPortal({ ...parts, claimPages: { proof: { host, signInUrl }, ...(use && { use }) } });
}
