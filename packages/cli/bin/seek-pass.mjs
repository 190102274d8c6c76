#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number);
const built = new URL('../dist/seek-pass.mjs', import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `seek-pass needs Node.js 20.19 or newer, and this is ${process.versions.node}: update Node.js.`,
  );
  process.exitCode = 2;
} else {
  try {
    await import(built.href);
  } catch (error) {
    // Something of the repository that a build makes is not there; in a published package everything is.
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.url?.includes('/dist/')) throw error;
    console.error('seek-pass is not built yet: run `npm start` once in the root of the repository.');
    process.exitCode = 2;
  }
}
