import { readFileSync } from 'node:fs';

/** The largest memory this process had, in MB. */
export function peakMemoryMb(): number {
  // On Linux, what the system counts for a process begins with what its parent had.
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
