import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ConfigurationError } from '@seek-pass-kit/core';
import { defaultName } from './injection/tokens.ts';
import {
  type ASYNC_OPTIONS_TYPE,
  ConfigurableModuleClass,
  type OPTIONS_TYPE,
} from './seek-pass.module-definition.ts';

/**
 * SEEK Pass in a NestJS application.
 *
 * ```ts
 * imports: [SeekPassModule.forRoot({ environment: 'staging', clientId, clientSecret, scopes: ['write.microcredential'] })]
 * ```
 */
@Module({ imports: [DiscoveryModule] })
export class SeekPassModule extends ConfigurableModuleClass {
  /**
   * Registers a client of SEEK Pass and the parts that `options` name.
   *
   * @throws {ConfigurationError} `invalid_configuration` when the application starts, naming the registration and each wrong setting.
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    requireGiven('forRoot', options, 'Give it environment, clientId and clientSecret.');
    return super.forRoot(options);
  }

  /**
   * As {@link SeekPassModule.forRoot}, with options from other providers: `useFactory` with `inject` and `imports`, `useClass` or
   * `useExisting`. `name` and `isGlobal` stand beside them.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    requireGiven('forRootAsync', options, 'Give it useFactory, useClass or useExisting.');
    const { name = defaultName, useFactory, useClass, useExisting } = options;
    if (useFactory === undefined && useClass === undefined && useExisting === undefined) {
      throw new ConfigurationError(
        `SeekPassModule '${name}': forRootAsync has nothing to take options from: give it useFactory, useClass or useExisting.`,
      );
    }
    return super.forRootAsync(options);
  }
}

/** Without types, or by a module that is imported in a circle, it may be nothing. */
function requireGiven(method: string, options: unknown, remedy: string): void {
  if (typeof options === 'object' && options !== null) return;
  throw new ConfigurationError(`SeekPassModule.${method}() was called without options. ${remedy}`);
}
