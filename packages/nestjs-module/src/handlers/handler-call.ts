import { ContextIdFactory, type ExternalContextCreator, type ModuleRef } from '@nestjs/core';
import type { JobControl } from '@seek-pass-kit/flows';
import type { FoundHandler } from './find-handlers.ts';

/** What `ExecutionContext.getType()` says in guards and interceptors around a handler. */
export type SeekPassContextType = 'seek-pass';

/** Calls a handler with what it is told. */
export type HandlerCall = (event: object, control: JobControl) => Promise<unknown>;

type Method = (...args: unknown[]) => unknown;

// Filters answer requests, and here is none: what is thrown is for the worker.
const around = { guards: true, interceptors: true, filters: false };
const contextType: SeekPassContextType = 'seek-pass';

/** The call of a handler, with the guards and interceptors of the application around it. */
export function handlerCall(
  { wrapper, instance, methodName }: FoundHandler,
  contexts: ExternalContextCreator,
  modules: ModuleRef,
): HandlerCall {
  const creator = inModule(contexts, wrapper.host?.token ?? '');
  const method = (of: object) => (of as Record<string, Method>)[methodName] as Method;
  if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) {
    return creator.create(
      instance,
      method(instance),
      methodName,
      undefined,
      undefined,
      undefined,
      undefined,
      around,
      contextType,
    );
  }
  // One of its own for each event, as for each request.
  return async (event, control) => {
    const id = ContextIdFactory.create();
    modules.registerRequestByContextId(event, id);
    const own = await modules.resolve<object>(wrapper.token as string, id, { strict: false });
    const call = creator.create(
      own,
      method(own),
      methodName,
      undefined,
      undefined,
      id,
      wrapper.id,
      around,
      contextType,
    );
    return (await call(event, control)) as unknown;
  };
}

/**
 * Nest looks for the guards of a handler in the module that provides the class under its own name. For a controller, and for a class that is
 * provided under another name or twice, that is none or another one, and the guards would be left out without a word.
 */
function inModule(contexts: ExternalContextCreator, key: string): ExternalContextCreator {
  return Object.create(contexts, { getContextModuleKey: { value: () => key } }) as ExternalContextCreator;
}
