import type { ClaimHandler } from '../../src/claims/claim-handler.ts';
import { send } from './http-probe.ts';

/** The handler as a browser reaches it: over a socket. */
export function overSocket(port: number): ClaimHandler {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const { status, headers, body } = await send(port, pathname + search, {
      method: request.method,
      headers: { ...Object.fromEntries(request.headers), host: 'credentials.example.edu' },
      body: await request.text(),
    });
    const answered = new Headers();
    for (const [name, value] of Object.entries(headers)) {
      for (const one of Array.isArray(value) ? value : [String(value)]) answered.append(name, one);
    }
    return new Response(body === '' ? null : body, { status, headers: answered });
  };
}
