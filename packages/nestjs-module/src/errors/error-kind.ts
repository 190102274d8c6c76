/** What may be said of something that was thrown: its name, never its message. In Jest what Node throws is no `Error` of the test. */
export function errorKind(error: unknown): string {
  const isNamed = typeof error === 'object' && error !== null && 'name' in error;
  return isNamed && typeof error.name === 'string' ? error.name : typeof error;
}

/** Whether the database is away. By its name, so that the flows need not be loaded. */
export function isStoreUnavailable(error: unknown): error is Error {
  return errorKind(error) === 'StoreUnavailable';
}
