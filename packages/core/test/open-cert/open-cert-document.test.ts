import { describe, expect, it } from 'vitest';
import { checkOpenCert, InvalidPayloadError, openCertDocument } from '../../src/open-cert/index.ts';
import { now, wrap } from './samples.ts';

const file = wrap();

describe('openCertDocument', () => {
  it.each([
    ['text', file],
    ['an object', JSON.parse(file)],
    ['indented text with a byte order mark', `\uFEFF${JSON.stringify(JSON.parse(file), undefined, 2)}`],
  ])('encodes exactly once from %s', (_, document) => {
    const { type, value } = openCertDocument(document);
    expect(type).toBe('open_cert');
    expect(JSON.parse(value)).toEqual(JSON.parse(file));
    expect(checkOpenCert(value, { now }).ok).toBe(true);
    // What goes over the wire: JSON inside JSON, once.
    expect(JSON.parse(JSON.parse(JSON.stringify({ value })).value)).toEqual(JSON.parse(file));
  });

  it('sends of a member that is there twice only the one that was checked', () => {
    const { data, ...rest } = JSON.parse(file);
    const doubled = `{"data":{"name":"forged"},"data":${JSON.stringify(data)},${JSON.stringify(rest).slice(1)}`;
    expect(checkOpenCert(doubled, { now }).ok).toBe(true);
    expect(openCertDocument(doubled).value).not.toContain('forged');
  });

  it.each([
    ['encoded twice', JSON.stringify(file)],
    ['not JSON', 'CERT'],
    ['a list', '[]'],
    ['undefined', undefined],
    ['nested without end', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
  ])('refuses what is %s', (_, document) => {
    expect(() => openCertDocument(document)).toThrow(InvalidPayloadError);
    expect(() => openCertDocument(document)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ path: 'document.value', code: 'bad_document' })],
      }),
    );
  });
});
