import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet: not of this machine, a private or a local network, a cloud's metadata service, a
 * documentation or benchmark range, a group, and none that hides an IPv4 address in an IPv6 one.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Of IPv6 only 2000::/3 is given out: the rest has old spellings such as ::127.0.0.1.
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast);
}
