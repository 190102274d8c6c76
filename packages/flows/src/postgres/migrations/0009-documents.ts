/** To come. */
export function documents(_schema: string): string {
  return '';
}
