import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import { SeekPass } from '@seek-pass-kit/core';
import { registrationProviders } from './registration/registration-providers.ts';
import { defaultName, getSeekPassOptionsToken } from './injection/tokens.ts';
import type { SeekPassModuleOptions } from './seek-pass-module-options.ts';

/** What must be known before anything is injected. */
export interface SeekPassModuleExtras {
  /** Of this registration, when there are several. Default `default`. */
  readonly name?: string;
  /** Whether every module of the application can inject from it. Default `false`. */
  readonly isGlobal?: boolean;
}

const builtOptions: unique symbol = Symbol.for('seek-pass-kit:built-options');

/** Under the token of the registration itself: whoever overrides it there also replaces the factory that reads the configuration. */
function ofRegistration(provider: Provider, name: string): Provider {
  const makesOptions = 'provide' in provider && provider.provide === builtOptions;
  return makesOptions ? { ...provider, provide: getSeekPassOptionsToken(name) } : provider;
}

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<SeekPassModuleOptions>({ optionsInjectionToken: builtOptions })
    .setClassMethodName('forRoot')
    .setExtras<SeekPassModuleExtras>(
      { name: defaultName, isGlobal: false },
      (definition, { name = defaultName, isGlobal = false }) => {
        const { providers, exports } = registrationProviders(name);
        return {
          ...definition,
          global: isGlobal,
          providers: [
            ...(definition.providers ?? []).map((provider) => ofRegistration(provider, name)),
            ...providers,
          ],
          exports: name === defaultName ? [...exports, SeekPass] : exports,
        };
      },
    )
    .build();
