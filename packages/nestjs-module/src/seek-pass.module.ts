import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
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
    return super.forRoot(options);
  }

  /**
   * As {@link SeekPassModule.forRoot}, with options from other providers: `useFactory` with `inject` and `imports`, `useClass` or
   * `useExisting`. `name` and `isGlobal` stand beside them.
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }
}
