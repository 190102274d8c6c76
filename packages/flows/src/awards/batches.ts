/** Files are held in memory while their batch is dealt with: one that brings them to so many bytes is the last of its batch. */
const mostBytes = 16 * 1024 * 1024;

/** The items of an iterable, some at a time. `bytesOf` says how many bytes of files an item holds. */
export async function* batchesOf<T>(
  items: AsyncIterable<T> | Iterable<T>,
  size: number,
  bytesOf: (item: T) => number,
): AsyncGenerator<T[], void, undefined> {
  let batch: T[] = [];
  let bytes = 0;
  for await (const item of items) {
    batch.push(item);
    bytes += bytesOf(item);
    if (batch.length < size && bytes < mostBytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
