import type { Environment, SeekPass, SeekPassOptions } from '@seek-pass-kit/core';
import type { KeyPort, Store } from '@seek-pass-kit/flows';
import type { HostLogger } from '@seek-pass-kit/flows/node';
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
  /** Where the parts tell what happens. */
  readonly log: HostLogger;
  /** Ends what was opened, at the end of the application or when the opening fails half way. The last one opened ends first. */
  readonly closes: Array<() => Promise<void>>;
}
