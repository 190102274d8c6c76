import type { AwardEventType } from '../awards/award-event.ts';
import type { HostLogEntry, HostLogger } from './host-log.ts';

/** A structured logger: pino, or any that takes an object for each line. */
export interface LogSink {
  debug(fields: object): void;
  info(fields: object): void;
  warn(fields: object): void;
  error(fields: object): void;
}

const id = /^[\w:-]{1,128}$/;
/** Names of outcomes, codes, classes of errors. */
const word = /^[A-Za-z][\w.-]{0,63}$/;
/** A kind of job may end with the name of a handler of the host. */
const kindOfJob = /^[A-Za-z][\w.-]{0,127}$/;
/** The path of a route, or the name of a page: never what stands behind it. */
const route = /^([a-z-]{1,20}|(\/[\w.-]+)+)$/;
/** Of a whole network: never of one host. */
const wideNetwork = /^([\d.]+\.0\/24|[\da-f:]+::\/48)$/;
const phrase = /^[\w :.-]{1,160}$/;

/** All that a line may hold, and what it must look like: a field that is not here is not logged. */
const fields: Readonly<Record<string, RegExp | 'number' | 'boolean' | 'counts'>> = {
  awardId: id,
  issuer: id,
  mac: id,
  awardIds: id,
  mailId: id,
  jobId: id,
  verificationId: id,
  eventId: id,
  type: word,
  kind: kindOfJob,
  outcome: word,
  state: word,
  code: word,
  of: word,
  error: word,
  method: word,
  ours: word,
  theirs: word,
  reason: phrase,
  because: word,
  network: wideNetwork,
  route,
  status: 'number',
  attempt: 'number',
  durationMs: 'number',
  number: 'number',
  jobs: 'number',
  port: 'number',
  metricsPort: 'number',
  aborted: 'boolean',
  mended: 'boolean',
  formerSecret: 'boolean',
  inTime: 'boolean',
  results: 'counts',
};

/**
 * A log of structured lines: `logger: logTo(pino())`. Of an entry only the fields that are known are written, and of these only
 * values that look like an id, a code or a number; anything else becomes `[redacted]`.
 */
export function logTo(sink: LogSink): HostLogger {
  return (entry) => {
    const line: Record<string, unknown> = { event: entry.event };
    for (const [name, value] of Object.entries(entry)) {
      const shape = fields[name];
      if (shape !== undefined && value !== undefined) line[name] = fits(shape, value) ? value : '[redacted]';
    }
    sink[levelOf(entry)](line);
  };
}

/** Whether an entry tells that a person has to look, that something failed, or only that something happened. */
export function levelOf(entry: HostLogEntry): keyof LogSink {
  switch (entry.event) {
    case 'work_failed':
    case 'request_failed':
    case 'close_failed':
    case 'claim_failed':
    case 'job_dead':
      return 'error';
    case 'mail_failed':
    case 'poll_failed':
    case 'drift_found':
    case 'document_refused':
    case 'store_awaited':
    case 'shutdown_hooks_missing':
    case 'listener_failed':
    case 'listener_gone':
      return 'warn';
    case 'webhook':
      return entry.outcome === 'quarantined' || entry.outcome === 'lost' || entry.outcome === 'unavailable'
        ? 'warn'
        : 'info';
    case 'webhook_endpoint':
      return entry.outcome === 'created' ? 'info' : 'warn';
    case 'award':
      return needsPerson.has(entry.type) ? 'warn' : 'info';
    case 'closed':
      return entry.inTime ? 'info' : 'warn';
    case 'request':
      return entry.status >= 500 ? 'warn' : 'info';
    default:
      return 'info';
  }
}

const needsPerson: ReadonlySet<AwardEventType> = new Set([
  'added_after_withdrawal',
  'added_after_supersession',
  'rejected',
]);

function fits(shape: (typeof fields)[string], value: unknown): boolean {
  if (shape === 'counts') {
    return Object.entries(Object(value) as object).every(
      ([name, count]) => word.test(name) && typeof count === 'number',
    );
  }
  if (typeof shape === 'string') return typeof value === shape;
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  return texts.every((text) => typeof text === 'string' && shape.test(text));
}
