import { readdir, readFile } from 'node:fs/promises';

/** The most memory that something held at one moment, in bytes; absent where this system does not tell. */
export interface PeakMemory {
  /** The hosts, `seek-pass serve`, together. */
  readonly hosts?: number;
  readonly postgres?: number;
  /** This process: the sandbox, the learners and the mail inbox. */
  readonly rehearsal: number;
}

/** Watches memory until it is stopped. */
export interface MemoryWatch {
  stop(): PeakMemory;
}

const lookEveryMs = 1_000;
/** Reading the list of all processes costs more than reading what a few of them hold. */
const looksPerList = 10;

/** Whose memory is watched. */
export interface Watched {
  /** Process ids of the hosts. */
  readonly hosts: readonly number[];
  /** Process id of the server that all others of the database descend from. */
  readonly postgres?: number;
}

/** Looks once a second. A process counts for what it alone holds and its share of what it holds with others (PSS, of Linux). */
export function watchMemory({ hosts, postgres }: Watched): MemoryWatch {
  let peak: { hosts?: number; postgres?: number; rehearsal: number } = {
    rehearsal: process.memoryUsage.rss(),
  };
  let looking = false;
  let looks = 0;
  let servers: readonly number[] = [];
  const look = async (): Promise<void> => {
    if (postgres !== undefined && looks % looksPerList === 0) servers = await descendantsOf(postgres);
    looks += 1;
    const [ofHosts, ofPostgres] = await Promise.all([memoryOf(hosts), memoryOf(servers)]);
    peak = {
      ...larger('hosts', peak.hosts, ofHosts),
      ...larger('postgres', peak.postgres, ofPostgres),
      rehearsal: Math.max(peak.rehearsal, process.memoryUsage.rss()),
    };
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  }, lookEveryMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      return peak;
    },
  };
}

function larger<Name extends string>(
  name: Name,
  one: number | undefined,
  other: number | undefined,
): { [Key in Name]?: number } {
  const largest = Math.max(one ?? 0, other ?? 0);
  return (largest === 0 ? {} : { [name]: largest }) as { [Key in Name]?: number };
}

/** `undefined` when none of them tells. */
async function memoryOf(pids: readonly number[]): Promise<number | undefined> {
  const each = await Promise.all(pids.map(bytesOf));
  const told = each.filter((bytes) => bytes !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, bytes) => sum + bytes, 0);
}

async function bytesOf(pid: number): Promise<number | undefined> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(rollup) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** A process and everything that it started. */
async function descendantsOf(root: number): Promise<number[]> {
  const entries = await readdir('/proc').catch(() => []);
  const pids = entries.filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const));
  const family = new Set([root]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [pid, parent] of parents) if (parent !== undefined && family.has(parent)) family.add(pid);
  }
  return [...family];
}

async function parentOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold anything; behind it stand the state and the parent.
  const [, parent] = /\) \S (\d+) [^)]*$/.exec(stat) ?? [];
  return parent === undefined ? undefined : Number(parent);
}
