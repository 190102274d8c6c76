/** Fills the `{name}` parts of a path. Values are escaped, so that an id cannot reach another path. */
export function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (part, name: string) => {
    const value = values[name];
    return value === undefined ? part : encodeURIComponent(value);
  });
}
