import { type Judgement, ok, problem, warning } from './finding.ts';

/** The oldest Node.js that runs this. */
const oldestNode = [20, 19] as const;

/** Judges `process.versions.node`. */
export function judgeNode(version: string): Judgement {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor))
    return ok(`Node.js ${version}.`);
  return problem(
    `Node.js ${version} is older than ${oldestMajor}.${oldestMinor}.`,
    `Update Node.js to ${oldestMajor}.${oldestMinor} or newer.`,
  );
}

const megabyte = 2 ** 20;
const littleBytes = 1024 * megabyte;
const tooLittleBytes = 100 * megabyte;

/** Judges the space that is left where an embedded store writes. */
export function judgeDisk(freeBytes: number): Judgement {
  const free = `${Math.floor(freeBytes / megabyte)} MiB are free on the disk of the embedded store.`;
  const remedy = 'Make room, or move store.embedded.folder: without room PostgreSQL stops.';
  if (freeBytes < tooLittleBytes) return problem(free, remedy);
  return freeBytes < littleBytes ? warning(free, remedy) : ok(free);
}
