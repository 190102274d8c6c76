import { type ContextId, ContextIdFactory, type ExternalContextCreator, ModuleRef } from '@nestjs/core';
import type { JobControl } from '@seek-pass-kit/flows';
import type { FoundHandler, Wrapper } from './find-handlers.ts';

/** What `ExecutionContext.getType()` says in guards and interceptors around a handler. */
export type SeekPassContextType = 'seek-pass';

/** Calls a handler with what it is told. */
export type HandlerCall = (event: object, control: JobControl) => Promise<unknown>;

// Filters answer requests, and here is none: what is thrown is for the worker.
const around = { guards: true, interceptors: true, filters: false };
const type: SeekPassContextType = 'seek-pass';

/** The call of a handler, with the guards and interceptors of the application around it. */
export function handlerCall(handler: FoundHandler, contexts: ExternalContextCreator): HandlerCall {
  const { wrapper, instance, method, methodName } = handler;
  const creator = inModule(contexts, wrapper.host?.token ?? '');
  const callOf = (of: object, context?: ContextId): HandlerCall => {
    const inquirer = context === undefined ? undefined : wrapper.id;
    return creator.create(of, method, methodName, undefined, undefined, context, inquirer, around, type);
  };
  if (wrapper.isDependencyTreeStatic() && !wrapper.isTransient) return callOf(instance);
  // One of its own for each event, as for each request.
  return async (event, control) => {
    const context = ContextIdFactory.create();
    return callOf(await made(wrapper, event, context), context)(event, control);
  };
}

/** By its own module: another one may provide something else under the same name. */
async function made({ host, token }: Wrapper, event: object, context: ContextId): Promise<object> {
  const modules = host?.providers.get(ModuleRef)?.instance as ModuleRef;
  modules.registerRequestByContextId(event, context);
  return modules.resolve<object>(token as Parameters<ModuleRef['resolve']>[0], context, { strict: true });
}

/**
 * Nest looks for the guards of a handler in the module that provides the class under its own name. For a controller, and for a class that is
 * provided under another name or twice, that is none or another one, and the guards would be left out without a word.
 */
function inModule(contexts: ExternalContextCreator, key: string): ExternalContextCreator {
  return Object.create(contexts, { getContextModuleKey: { value: () => key } }) as ExternalContextCreator;
}
