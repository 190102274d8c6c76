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
  /** As the class has it: that is where guards and interceptors of the method are written. */
  readonly method: (...args: unknown[]) => unknown;
}

/** All methods of providers and controllers that are decorated. Several decorators with the same name are one handler, of all their types. */
export function findHandlers(discovery: DiscoveryService, defaultClient: string): FoundHandler[] {
  const wrappers = [...discovery.getProviders(), ...discovery.getControllers()];
  return [...byInstance(wrappers)].flatMap(([instance, wrapper]) => {
    const prototype = Object.getPrototypeOf(instance) as Prototype | null;
    if (prototype === null) return [];
    const className = prototype.constructor?.name ?? '';
    return [...marksOf(prototype)].flatMap(([methodName, marks]) => {
      const method = prototype[methodName];
      if (method === undefined) return [];
      const id = handlerName(className, methodName);
      const named = marks.map((mark) => ({
        ...mark,
        client: mark.client ?? defaultClient,
        id: mark.id ?? id,
      }));
      return together(named).map((mark) => ({ ...mark, className, methodName, wrapper, instance, method }));
    });
  });
}

type Prototype = Record<string, FoundHandler['method'] | undefined> & {
  readonly constructor?: { readonly name: string };
};

/** What is provided under several names is there once: where Nest made it, if it did. */
function byInstance(wrappers: readonly Wrapper[]): ReadonlyMap<object, Wrapper> {
  const found = new Map<object, Wrapper>();
  for (const wrapper of wrappers) {
    const instance: unknown = wrapper.instance;
    if (typeof instance !== 'object' || instance === null) continue;
    if (!found.has(instance) || wrapper.metatype === instance.constructor) found.set(instance, wrapper);
  }
  return found;
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
