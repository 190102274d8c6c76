// With --import: notes what is imported. What CommonJS requires is in its own cache.
import { appendFileSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LOADED_URLS ?? '';

export const loadedUrls = () => readFileSync(file, 'utf8').split('\n');

/** Of the hooks' thread. */
export async function load(url, context, nextLoad) {
  appendFileSync(file, `${url}\n`);
  return nextLoad(url, context);
}

if (isMainThread) register(import.meta.url);
