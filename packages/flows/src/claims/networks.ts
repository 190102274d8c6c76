import { BlockList, isIP, isIPv4 } from 'node:net';
import { ConfigurationError } from '@seek-pass-kit/core';

/**
 * Reads a list of addresses and networks.
 *
 * @param setting its name, for the sentence.
 * @throws {ConfigurationError} `invalid_configuration`.
 */
export function readNetworks(setting: string, networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const version = isIP(address);
    const bits = version === 6 ? 128 : 32;
    const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
    if (version === 0 || length < 1 || length > bits) {
      throw new ConfigurationError(
        `${setting} has an entry that is no address and no network: write it like 10.0.0.0/8 or 2001:db8::/32.`,
      );
    }
    list.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Whether an address is in one of the networks. */
export function isIn(networks: BlockList, address: string): boolean {
  return networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
