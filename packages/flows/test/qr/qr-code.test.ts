import { inflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qrPng, qrSvg, qrText } from '../../src/qr/qr-code.ts';

const link = `https://credentials.example.edu/claim/${'A'.repeat(22)}/${'b-_9'.repeat(11)}`;

test('a camera reads the claim link back from the PNG', () => {
  const png = qrPng(link);
  const image = pixelsOf(png);
  expect(decodeQR(image)).toBe(link);
  expect(image.width).toBeGreaterThanOrEqual(300);
  expect(png.byteLength).toBeLessThan(2_000);
});

test('a camera reads the claim link back from the SVG', () => {
  const svg = qrSvg(link);
  expect(decodeQR(pictureOf(svg))).toBe(link);
});

test('a camera reads the claim link back from a terminal', () => {
  const rows = qrText(link)
    .split('\n')
    .flatMap((line) => {
      const blocks = line.slice('\u001B[30;107m'.length, -'\u001B[0m'.length).split('');
      return [blocks.map((block) => '▀█'.includes(block)), blocks.map((block) => '▄█'.includes(block))];
    });
  const pixels = 8;
  const at = (coordinate: number) => Math.floor(coordinate / pixels);
  const picture = pictureFrom(rows.length * pixels, (x, y) => rows[at(y)]?.[at(x)] === true);
  expect(decodeQR(picture)).toBe(link);
});

test('the SVG is a document of its own that holds no text of the link and runs nothing', () => {
  const svg = qrSvg('https://credentials.example.edu/"><script>alert(1)</script>');
  expect(svg).toMatch(/^<\?xml/);
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).not.toMatch(/script|alert|credentials/);
});

test('the same link gives the same code, another link another one', () => {
  expect(qrSvg(link)).toBe(qrSvg(link));
  expect(qrSvg(`${link}x`)).not.toBe(qrSvg(link));
});

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function pictureFrom(side: number, isDark: (x: number, y: number) => boolean): Picture {
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (isDark(x, y)) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return { width: side, height: side, data };
}

/** Reads a picture with one bit a pixel, where 1 is black. */
function pixelsOf(png: Uint8Array): Picture {
  const bytes = Buffer.from(png);
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  const side = bytes.readUInt32BE(16);
  const start = bytes.indexOf('IDAT');
  const rows = inflateSync(bytes.subarray(start + 4, start + 4 + bytes.readUInt32BE(start - 4)));
  const rowBytes = Math.ceil(side / 8) + 1;
  return pictureFrom(side, (x, y) => (((rows[y * rowBytes + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1);
}

/** Draws the one path of the SVG, whose lines are all upright or level, eight pixels for a module. */
function pictureOf(svg: string): Picture {
  const scale = 8;
  const [, left = 0, top = 0, size = 0] = (/viewBox="(\S+) (\S+) (\S+) \S+"/.exec(svg) ?? []).map(Number);
  const upright: { readonly x: number; readonly from: number; readonly to: number }[] = [];
  for (const outline of (/<path d="([^"]+)"/.exec(svg)?.[1] ?? '').split('Z')) {
    const points = [...outline.matchAll(/(-?\d+) (-?\d+)/g)].map(([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }));
    for (const [at, point] of points.entries()) {
      const next = points[(at + 1) % points.length] ?? point;
      if (next.x === point.x)
        upright.push({ x: point.x, from: Math.min(point.y, next.y), to: Math.max(point.y, next.y) });
    }
  }
  return pictureFrom(size * scale, (pixelX, pixelY) => {
    const [x, y] = [left + pixelX / scale + 0.01, top + pixelY / scale + 0.01];
    return upright.filter((line) => line.x < x && line.from < y && y < line.to).length % 2 === 1;
  });
}
