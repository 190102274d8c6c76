import { ConfigurationError } from '@seek-pass-kit/core';

/**
 * Stands in for a part that a registration does not have, so that whoever uses it reads which setting is missing. Nest itself looks at
 * every provider for life-cycle methods and promises: to these it is an empty object.
 */
export function absentPart(name: string, part: string, setting: string): object {
  return new Proxy(Object.create(null) as object, {
    get(_target, property) {
      if (typeof property === 'symbol' || lookedAtByNest.has(property)) return undefined;
      throw new ConfigurationError(
        `SeekPassModule '${name}' has no ${part}: set its option ${setting}, or do not use it.`,
      );
    },
  });
}

const lookedAtByNest = new Set([
  'then',
  'constructor',
  'prototype',
  'toJSON',
  'onModuleInit',
  'onApplicationBootstrap',
  'onModuleDestroy',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
]);
