import { createHmac } from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import type { Visit } from './claim-desk.ts';

/**
 * The network that a visitor comes from, as the name of a counter: /32 of IPv4, /64 of IPv6, hashed, since an address is personal.
 * `undefined` when the host tells no address. `X-Forwarded-For` counts only as far as trusted proxies wrote it (security rule 10): it
 * is read from its end, and the first address that is no proxy of ours is the visitor's.
 */
export function visitorNetwork({ desk, request, remoteAddress }: Visit): string | undefined {
  const [secret] = desk.secrets;
  let address = plainAddress(remoteAddress);
  if (address === undefined || secret === undefined) return undefined;
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').reverse();
  for (const hop of hops) {
    if (!desk.rules.trustedProxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')) break;
    const before = plainAddress(hop.trim());
    if (before === undefined) break;
    address = before;
  }
  return createHmac('sha256', secret.address).update(networkOf(address)).digest('base64url').slice(0, 22);
}

/** Without zone, and an IPv4 address in IPv6 clothes as what it is; `undefined` when it is no address. */
function plainAddress(text: string | undefined): string | undefined {
  const address = text?.split('%')[0]?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  return isIP(address) === 0 ? undefined : address;
}

function networkOf(address: string): string {
  if (isIPv4(address)) return address;
  // The URL parser writes out an address in one spelling only.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':');
}
