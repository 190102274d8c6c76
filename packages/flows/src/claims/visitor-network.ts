import { createHmac } from 'node:crypto';
import { type BlockList, isIP, isIPv4 } from 'node:net';
import type { Visit } from './claim-desk.ts';
import type { ClaimSecrets } from './claim-secrets.ts';
import { isIn } from './networks.ts';

/** The network that a visitor comes from, see {@link networkName}. `undefined` when the host tells no address. */
export function visitorNetwork({ desk, request, connection }: Visit): string | undefined {
  const address = visitorAddress(request, connection.remoteAddress, desk.rules.trustedProxies);
  return address === undefined ? undefined : networkName(desk.secrets, address);
}

/**
 * Where a request comes from; `undefined` when the host tells no address. `X-Forwarded-For` counts only as far as trusted proxies wrote it
 * (security rule 10): it is read from its end, and the first address that is no proxy of ours is the visitor's.
 */
export function visitorAddress(
  request: Request,
  remoteAddress: string | undefined,
  trustedProxies: BlockList,
): string | undefined {
  let address = plainAddress(remoteAddress);
  if (address === undefined) return undefined;
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').reverse();
  for (const hop of hops) {
    if (!isIn(trustedProxies, address)) break;
    const before = plainAddress(hop.trim());
    if (before === undefined) break;
    address = before;
  }
  return address;
}

/** The network of an address as the name of a counter: /32 of IPv4, /64 of IPv6, hashed, since an address is personal. */
export function networkName([secret]: readonly ClaimSecrets[], address: string): string | undefined {
  if (secret === undefined) return undefined;
  const network = isIPv4(address) ? address : groupsOf(address).slice(0, 4).join(':');
  return createHmac('sha256', secret.address).update(network).digest('base64url').slice(0, 22);
}

/** The network of an address for the eyes of an operator: /24 of IPv4, /48 of IPv6. It holds many hosts, and names none. */
export function wideNetworkOf(address: string): string {
  return isIPv4(address)
    ? `${address.split('.').slice(0, 3).join('.')}.0/24`
    : `${groupsOf(address).slice(0, 3).join(':')}::/48`;
}

/** Without zone, and an IPv4 address in IPv6 clothes as what it is; `undefined` when it is no address. */
function plainAddress(text: string | undefined): string | undefined {
  const address = text?.split('%')[0]?.replace(/^::ffff:(?=\d+\.)/i, '') ?? '';
  return isIP(address) === 0 ? undefined : address;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  // The URL parser writes out an address in one spelling only.
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = written.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
}
