import type { SandboxRequest } from '../../http/message.ts';
import type { LogIn, Session } from '../../world/log-in.ts';

/**
 * Cookies of the wallet pages. A browser keeps one jar per host whatever the port, so each name carries the port: two
 * sandboxes on one machine do not log each other out.
 */
function cookieName(request: SandboxRequest, name: string): string {
  const port = /:(\d+)$/u.exec(request.header('host') ?? '')?.[1] ?? '80';
  return `sandbox_${name}_${port}`;
}

function setCookie(request: SandboxRequest, name: string, value: string, maxAgeSeconds?: number): string {
  const age = maxAgeSeconds === undefined ? '' : `; Max-Age=${maxAgeSeconds}`;
  return `${cookieName(request, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}`;
}

/** Who is logged in. */
export function sessionOf(request: SandboxRequest, logIn: LogIn): Session | undefined {
  return logIn.session(request.cookie(cookieName(request, 'session')));
}

/** Logs the browser in and forgets the address that waited for its code. */
export function startSession(request: SandboxRequest, session: Session): readonly string[] {
  return [setCookie(request, 'session', session.sessionId), setCookie(request, 'address', '', 0)];
}

export function endSession(request: SandboxRequest): string {
  return setCookie(request, 'session', '', 0);
}

/** Keeps the address that waits for its code out of the URL. */
export function rememberAddress(request: SandboxRequest, email: string): string {
  return setCookie(request, 'address', encodeURIComponent(email), 600);
}

/** The address that waits for its code. */
export function waitingAddress(request: SandboxRequest): string | undefined {
  const value = request.cookie(cookieName(request, 'address'));
  if (value === undefined || value === '') return undefined;
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
