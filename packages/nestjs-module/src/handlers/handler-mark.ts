import type { JobControl } from '@seek-pass-kit/flows';

/** Settings of a handler, after the types of its decorator. */
export interface HandlerOptions {
  /** The name of the registration whose events these are. Default: the registration without a name. */
  readonly client?: string;
  /**
   * The name that outcomes are stored under: letters, digits, `-` and `_`, at most 63. Default: the names of class and method,
   * `Diplomas-onAdded`. Give it one, and class and method can be renamed, or minified, without a waiting event losing its handler.
   */
  readonly id?: string;
}

/** Decorates a method that takes this event, or less of it. The second parameter has a signal that fires when the work is to stop. */
export type HandlerDecorator<Event> = <Method extends (event: Event, control: JobControl) => unknown>(
  target: object,
  name: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void;

/** What a handler is told of. */
export type HandledKind = 'event' | 'award' | 'verification';

/** The decorators, as people know them. */
export const decoratorOf: Readonly<Record<HandledKind, string>> = {
  event: '@OnSeekPassEvent',
  award: '@OnAward',
  verification: '@OnVerification',
};

/** What one decorator says of a method. */
export interface HandlerMark extends HandlerOptions {
  readonly kind: HandledKind;
  readonly types: readonly string[];
}

// On the prototype, under the name of the method: another decorator may put a function of its own in the place of the method. Symbol.for: the
// ESM and the CommonJS copy of this package read the same.
const marks: unique symbol = Symbol.for('seek-pass-kit:handlers');

type Marked = { [marks]?: Map<string, readonly HandlerMark[]> };

/** The decorator that marks a method, with what it was given: types of events, and options after them. */
export function markHandler(
  kind: HandledKind,
  settings: ReadonlyArray<string | HandlerOptions>,
): HandlerDecorator<never> {
  const types = settings.filter((setting) => typeof setting === 'string');
  const options = settings.find((setting) => typeof setting === 'object');
  return (target, name, descriptor) => {
    if (typeof target === 'function' || typeof name === 'symbol' || typeof descriptor?.value !== 'function') {
      throw new TypeError(
        `${decoratorOf[kind]} on ${String(name)}: it decorates methods of instances, by a name that is text.`,
      );
    }
    if (types.length === 0) {
      throw new TypeError(`${decoratorOf[kind]} on ${name}: name a type of events, or '*' for all.`);
    }
    const prototype: Marked = target;
    if (!Object.hasOwn(prototype, marks)) Object.defineProperty(prototype, marks, { value: new Map() });
    // Decorators run from the last to the first.
    prototype[marks]?.set(name, [{ kind, types, ...options }, ...(prototype[marks].get(name) ?? [])]);
  };
}

/** The marks of all methods that instances of a prototype have; what a class says of a method goes before what its parents say of it. */
export function marksOf(prototype: object): ReadonlyMap<string, readonly HandlerMark[]> {
  const found = new Map<string, readonly HandlerMark[]>();
  for (let at: Marked | null = prototype; at !== null; at = Object.getPrototypeOf(at) as Marked | null) {
    const own = Object.hasOwn(at, marks) ? at[marks] : undefined;
    for (const [name, said] of own ?? []) if (!found.has(name)) found.set(name, said);
  }
  return found;
}
