import type { DiscoveryService } from '@nestjs/core';
import { handlerName } from './handler-name.ts';
import { type HandlerMark, marksOf } from './handler-mark.ts';

/** As Nest keeps a provider or controller. */
export type Wrapper = ReturnType<DiscoveryService['getProviders']>[number];

/** A method that is decorated, and what with. */
export interface FoundHandler extends Required<HandlerMark> {
  readonly className: string;
  readonly methodName: string;
  readonly wrapper: Wrapper;
  /** What has the method, or stands for what will have it for each event. */
  readonly instance: object;
}

/** All methods of providers and controllers that are decorated. Several decorators with the same name are one handler, of all their types. */
export function findHandlers(discovery: DiscoveryService, defaultClient: string): FoundHandler[] {
  const seen = new Set<object>();
  return [...discovery.getProviders(), ...discovery.getControllers()].flatMap((wrapper) => {
    const instance: unknown = wrapper.instance;
    if (typeof instance !== 'object' || instance === null || seen.has(instance)) return [];
    // The same one may be provided under several names.
    seen.add(instance);
    const prototype = Object.getPrototypeOf(instance) as { constructor?: unknown } | null;
    if (prototype === null) return [];
    const className = typeof prototype.constructor === 'function' ? prototype.constructor.name : '';
    return [...marksOf(prototype)].flatMap(([methodName, marks]) => {
      const named = marks.map((mark) => ({
        client: defaultClient,
        id: handlerName(className, methodName),
        ...mark,
      }));
      return together(named).map((mark) => ({ ...mark, className, methodName, wrapper, instance }));
    });
  });
}

function together(marks: ReadonlyArray<Required<HandlerMark>>): Array<Required<HandlerMark>> {
  const handlers = new Map<string, Required<HandlerMark>>();
  for (const mark of marks) {
    const key = JSON.stringify([mark.kind, mark.client, mark.id]);
    const types = [...(handlers.get(key)?.types ?? []), ...mark.types];
    handlers.set(key, { ...mark, types });
  }
  return [...handlers.values()];
}
