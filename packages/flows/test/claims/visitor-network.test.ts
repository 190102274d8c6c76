import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClaimRules } from '../../src/claims/claim-handler-options.ts';
import { deriveClaimSecrets } from '../../src/claims/claim-secrets.ts';
import type { Visit } from '../../src/claims/claim-desk.ts';
import { generateClaimKey, readClaimKey } from '../../src/claims/claim-key.ts';
import { visitorNetwork } from '../../src/claims/visitor-network.ts';

const trustedProxies = ['10.0.0.0/8', '192.0.2.1', '2001:db8:1::/48'];
const rules = readClaimRules({ environment: 'production' }, { trustedProxies });
const secrets = deriveClaimSecrets('default', [readClaimKey(generateClaimKey())]);

function networkOf(remoteAddress: string | undefined, forwarded?: string) {
  const request = new Request('https://credentials.example.edu/claim', {
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded, 'x-real-ip': '8.8.8.8' },
  });
  const connection = remoteAddress === undefined ? {} : { remoteAddress };
  return visitorNetwork({ desk: { rules, secrets }, request, connection } as unknown as Visit);
}

const visitor = networkOf('203.0.113.7');

describe('security rule 10: the network of a visitor', () => {
  it('is a hash that shows no address', () => {
    expect(visitor).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(networkOf('203.0.113.8')).not.toBe(visitor);
    expect(networkOf('::ffff:203.0.113.7')).toBe(visitor);
  });

  it('is unknown when the host tells no address', () => {
    expect(networkOf(undefined, '203.0.113.7')).toBeUndefined();
    expect(networkOf('not an address', '203.0.113.7')).toBeUndefined();
  });

  it('is that of the socket, whatever a header says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[\x20-\x7e]{0,40}$/)), (header) => {
        expect(networkOf('203.0.113.7', header)).toBe(visitor);
        expect(networkOf('203.0.113.7', `${header}, 10.1.1.1`)).toBe(visitor);
      }),
    );
  });

  it('behind proxies of ours is what the first of them saw; what the visitor wrote before that does not count', () => {
    for (const proxy of ['10.1.2.3', '::ffff:10.1.2.3', '192.0.2.1', '2001:db8:1::7']) {
      expect(networkOf(proxy, '203.0.113.7')).toBe(visitor);
      expect(networkOf(proxy, '198.51.100.4, 203.0.113.7')).toBe(visitor);
      expect(networkOf(proxy, '10.0.0.1, 203.0.113.7 ,10.9.9.9, 2001:db8:1::8')).toBe(visitor);
      expect(networkOf(proxy, 'unknown, 203.0.113.7, 10.9.9.9')).toBe(visitor);
    }
    expect(networkOf('192.0.2.2', '203.0.113.7')).not.toBe(visitor);
  });

  it('is the proxy itself when it says nothing that is an address', () => {
    expect(networkOf('10.1.2.3', 'unknown')).toBe(networkOf('10.1.2.3'));
    expect(networkOf('10.1.2.3', '')).toBe(networkOf('10.1.2.3'));
  });

  it('of IPv6 is the household, in whatever spelling', () => {
    const household = networkOf('2001:db8:a:b::1');
    for (const same of ['2001:DB8:a:b:ffff:1:2:3', '2001:0db8:000a:000b::', '2001:db8:a:b::1%eth0']) {
      expect(networkOf(same)).toBe(household);
    }
    for (const other of ['2001:db8:a:c::1', '2001:db8:a::b', '2001:db8::b', '::a:b', 'fe80::1']) {
      expect(networkOf(other)).not.toBe(household);
    }
    expect(networkOf('2001:db8::b')).toBe(networkOf('2001:db8:0:0::c'));
  });
});
