#!/usr/bin/env node
import { existsSync } from 'node:fs';

const [major, minor] = process.versions.node.split('.').map(Number);
const built = new URL('../dist/seek-pass.mjs', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`seek-pass needs Node.js 20.19 or newer, and this is ${process.versions.node}: update Node.js.`);
  process.exitCode = 2;
} else if (!existsSync(built)) {
  console.error('seek-pass is not built yet: run `npm start` once in the root of the repository.');
  process.exitCode = 2;
} else {
  await import(built.href);
}
