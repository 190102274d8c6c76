/** The members that have a value: for options where `undefined` is not the same as left out. */
export function given<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: Exclude<Options[Name], undefined> } {
  const members = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as { [Name in keyof Options]?: Exclude<Options[Name], undefined> };
}
