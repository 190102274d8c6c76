import { Reflector } from '@nestjs/core';
import type { FoundHandler } from './find-handlers.ts';

// As `@UseGuards` and `@UseInterceptors` write them, in every version that we support.
const keys = ['__guards__', '__interceptors__'];

/**
 * Guards and interceptors of a handler that Nest does not know, by their names: it makes them only for classes that it makes itself
 * (`providers: [Diplomas]`), and leaves them out without a word where a class comes from a factory or stands under `useClass`.
 */
export function lostEnhancers({ wrapper, instance, method }: FoundHandler): string[] {
  const reflector = new Reflector();
  return [instance.constructor, method]
    .flatMap((target) => keys.map((key) => reflector.get<unknown>(key, target)))
    .flatMap((listed) => (Array.isArray(listed) ? (listed as unknown[]) : []))
    .filter((enhancer) => typeof enhancer === 'function')
    .filter((enhancer) => wrapper.host?.injectables.has(enhancer) !== true)
    .map(({ name }) => name);
}
