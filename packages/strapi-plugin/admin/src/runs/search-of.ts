/** Parameters of an address as Strapi reads them: `filters[$and][0][outcome][$eq]=passed`. */
export function searchOf(parameters: Readonly<Record<string, unknown>>): string {
  const search = new URLSearchParams();
  const add = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return;
    if (typeof value !== 'object') search.append(name, `${value as string | number | boolean}`);
    else for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner);
  };
  for (const [name, value] of Object.entries(parameters)) add(name, value);
  return search.toString();
}
