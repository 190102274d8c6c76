import { Logger, type LoggerService } from '@nestjs/common';
import type { HostLogger, LogSink } from '@seek-pass-kit/flows/node';
import { defaultName } from '../injection/tokens.ts';

/** Where the lines of a registration go. `false`: nowhere. Default: Nest's own `Logger`, and so wherever the application sends that. */
export type LoggerSetting = false | Pick<LoggerService, 'log' | 'warn' | 'error' | 'debug'>;

/**
 * The log of a registration, with the context `SeekPass`, or `SeekPass(hr)` for one with a name. Each line is an object: what happened, ids of
 * awards and names of outcomes, and nothing that `logTo` of the flows does not let through.
 */
export async function openLog(name: string, setting: LoggerSetting | undefined): Promise<HostLogger> {
  if (setting === false) return () => undefined;
  const { logTo } = await import('@seek-pass-kit/flows/node');
  const context = name === defaultName ? 'SeekPass' : `SeekPass(${name})`;
  const log = logTo(sinkOf(setting ?? new Logger(), context));
  return (entry) => {
    try {
      log(entry);
    } catch {
      // What happened has happened, whether or not its line could be written.
    }
  };
}

/** The context goes last, as Nest's own `Logger` hands it on: loggers that take fields keep them apart from it. */
function sinkOf(logger: Exclude<LoggerSetting, false>, context: string): LogSink {
  return {
    debug: (fields) => logger.debug?.(fields, context),
    info: (fields) => logger.log(fields, context),
    warn: (fields) => logger.warn(fields, context),
    error: (fields) => logger.error(fields, context),
  };
}
