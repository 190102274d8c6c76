import { ConfigurationError } from '@seek-pass-kit/core';
import { expect, test } from 'vitest';
import { readBrand } from '../../src/pages/brand.ts';

const name = 'Example University';
const png = Buffer.from('89504e470d0a1a0a0000', 'hex');

test('a brand with everything is taken as it is', () => {
  for (const [type, bytes] of [
    ['image/png', png],
    ['image/jpeg', Buffer.from('ffd8ffe0', 'hex')],
    ['image/webp', Buffer.from('RIFF....WEBP')],
  ] as const) {
    const brand = { name, colour: '#Ffd54a', helpEmail: 'help@example.edu', logo: { type, bytes } };
    expect(readBrand(brand)).toBe(brand);
  }
});

test.each([
  ['brand.name', { name: ' ' }],
  ['brand.name', { name: 'Example\nUniversity' }],
  ['brand.name', { name: 'E'.repeat(101) }],
  ['brand.colour', { name, colour: '#fff' }],
  ['brand.colour', { name, colour: '#ffffff;}body{display:none' }],
  ['brand.helpEmail', { name, helpEmail: 'help@example.edu?bcc=x@y.example' }],
  [
    'brand.logo',
    { name, logo: { type: 'image/png' as const, bytes: Buffer.concat([png, Buffer.alloc(8_192)]) } },
  ],
  [
    'brand.logo',
    { name, logo: { type: 'image/png' as const, bytes: Buffer.from('<svg onload="alert(1)">') } },
  ],
  ['brand.logo', { name, logo: { type: 'image/svg+xml' as 'image/png', bytes: Buffer.from('<svg/>') } }],
])('%s is refused by its name when it is wrong: %j', (setting, brand) => {
  expect(() => readBrand(brand)).toThrow(ConfigurationError);
  expect(() => readBrand(brand)).toThrow(setting);
});
