import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process that answers one message at a time; what kills it fails the bench. */
export function answering(file, args) {
  const child = fork(new URL(`./${file}`, import.meta.url), args, { execArgv: [] });
  const died = once(child, 'exit').then(() => Promise.reject(new Error(`${file} died.`)));
  died.catch(() => undefined);
  const next = async () => (await Promise.race([once(child, 'message'), died]))[0];
  return {
    next,
    ask(message) {
      const answer = next();
      child.send(message);
      return answer;
    },
    close: () => child.connected && child.disconnect(),
  };
}
