/** A thing whose methods are counted as they are called, those of its parts as well: a store that must not be asked. */
export function countedCalls<T extends object>(
  thing: T,
): { readonly thing: T; readonly calls: () => number } {
  let calls = 0;
  const watch = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member === 'object' && member !== null) return watch(member);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]): unknown => {
          calls += 1;
          return Reflect.apply(member, target, given);
        };
      },
    });
  return { thing: watch(thing), calls: () => calls };
}
