/** To come. */
export function erasures(_schema: string): string {
  return '';
}
