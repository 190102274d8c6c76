import type { HandlerOptions } from './handler-mark.ts';

/** Types of events, and settings after them, as the decorators take them. */
export type HandlerSettings<Type extends string> =
  | readonly [type: Type, ...types: Type[]]
  | readonly [type: Type, ...typesAndOptions: [...types: Type[], options: HandlerOptions]];

/** What a decorator was given, apart. */
export function readSettings(settings: ReadonlyArray<string | HandlerOptions>): {
  readonly types: readonly string[];
} & HandlerOptions {
  const types = settings.filter((setting) => typeof setting === 'string');
  const last = settings.at(-1);
  return { types, ...(typeof last === 'object' ? last : {}) };
}
