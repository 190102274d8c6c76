import { appendFileSync } from 'node:fs';

let file;

export function initialize(named) {
  file = named;
}

export async function load(url, context, next) {
  appendFileSync(file, `${url}\n`);
  return next(url, context);
}
