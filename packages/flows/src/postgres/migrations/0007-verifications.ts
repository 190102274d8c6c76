/** To come. */
export function verifications(_schema: string): string {
  return '';
}
