import { proof } from '@seek-pass-kit/prove';
import * as fc from 'fast-check';
import { sign } from '../../src/webhooks/index.ts';
import { outcomeOf } from './outcome.ts';

const sizes = { small: 500, full: 20_000 };
const secrets = '5e'.repeat(31) + '01';
const now = 1_767_268_800_000;
const timestamp = now / 1000;
const event = {
  event_id: '6f2c1a34-9d0b-4e57-8a63-1b7d5c9e0f42',
  request_id: 'ACME-1',
  type: 'vwsp_request.verified',
  created_at: '2026-01-01T11:59:58.123456Z',
};
const body = Buffer.from(JSON.stringify(event));
const headers = sign({ body, secret: secrets, timestamp });

proof('what sign signs is accepted, whatever else the event says', sizes, ({ size, seed }) => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string({ unit: 'binary' }), (more, note) => {
      const text = JSON.stringify({ ...more, ...event, note });
      const signed = sign({ body: text, secret: secrets, timestamp });
      return outcomeOf({ body: text, headers: signed, secrets, now }) === 'accepted';
    }),
    { numRuns: size, seed },
  );
});

proof('a signature never accepts a changed byte', sizes, ({ size, seed }) => {
  fc.assert(
    fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = body.map((byte, index) => (index === at ? byte ^ flip : byte));
      return outcomeOf({ body: changed, headers, secrets, now }) === 'bad_signature';
    }),
    { numRuns: size, seed },
  );
});

proof('a signature never accepts bytes put in, taken out or exchanged', sizes, ({ size, seed }) => {
  fc.assert(
    fc.property(fc.nat(body.length), fc.uint8Array({ maxLength: 8 }), fc.nat(8), (at, added, removed) => {
      const changed = Buffer.concat([body.subarray(0, at), added, body.subarray(at + removed)]);
      fc.pre(!changed.equals(body));
      return outcomeOf({ body: changed, headers, secrets, now }) === 'bad_signature';
    }),
    { numRuns: size, seed },
  );
});

proof('a body never accepts a changed signature, nor another timestamp', sizes, ({ size, seed }) => {
  const hex = headers['x-signature'];
  fc.assert(
    fc.property(
      fc.nat(63),
      fc.integer({ min: 1, max: 15 }),
      fc.integer({ min: 1, max: 900 }),
      (at, step, seconds) => {
        const digit = ((Number.parseInt(hex.charAt(at), 16) + step) % 16).toString(16);
        const otherSignature = { ...headers, 'x-signature': hex.slice(0, at) + digit + hex.slice(at + 1) };
        const otherTime = { ...headers, 'x-timestamp': String(timestamp - seconds) };
        return [otherSignature, otherTime].every(
          (changed) => outcomeOf({ body, headers: changed, secrets, now }) === 'bad_signature',
        );
      },
    ),
    { numRuns: size, seed },
  );
});
