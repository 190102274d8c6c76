/** To come. */
export function reports(_schema: string): string {
  return '';
}
