import type { Environment, SeekPass, SeekPassOptions } from '@seek-pass-kit/core';
import type { KeyPort, Store } from '@seek-pass-kit/flows';
import type { HostLogger, HostRecord } from '@seek-pass-kit/flows/node';
import type { HandlerBook } from '../handlers/handler-book.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';

/** What the parts of a registration are opened with: all that they share. */
export interface Opening {
  readonly options: SeekPassModuleOptions;
  /** As in the options of every flow. */
  readonly shared: {
    readonly issuer: string;
    readonly environment: Environment;
    readonly seekPass: SeekPass;
    readonly store: Store;
    readonly keys: KeyPort;
  } & Pick<SeekPassOptions, 'clock' | 'random'>;
  /** What the application does with events. */
  readonly handlers: HandlerBook;
  /** Where the parts tell what happens. */
  readonly log: HostLogger;
  /** What health and metrics are told by. */
  readonly record: HostRecord;
  /** Ends what was opened, at the end of the application or when the opening fails half way. The last one opened ends first. */
  readonly closes: Array<() => Promise<void>>;
}
