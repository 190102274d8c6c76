import { fork } from 'node:child_process';

/** The first page of the list of awards in Strapi on SQLite, with each filter: from the request to the whole answer, over HTTP. */
export async function strapiList({ quick }) {
  const count = quick ? 5_000 : 100_000;
  const times = await measured(count);
  return Object.entries(times).map(([name, value]) => ({
    name: `Strapi: first page of ${count.toLocaleString('en')} awards, ${name}`,
    value,
    unit: 'ms',
    bar: 300,
    better: 'lower',
  }));
}

/** In a process of its own: Strapi keeps what it changes there. */
function measured(count) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('../strapi-list-process.mjs', import.meta.url), [String(count)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    let times;
    child.once('message', (message) => {
      times = message;
    });
    child.once('exit', (code) => {
      if (times === undefined) reject(new Error(`Strapi ended with ${code}, without a figure.`));
      else resolve(times);
    });
  });
}
