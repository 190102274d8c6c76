/** To come. */
export function inbox(_schema: string): string {
  return '';
}
