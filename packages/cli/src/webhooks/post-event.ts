/** What is posted to a receiver. */
interface PostedEvent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** How a receiver answered, or why it did not. */
export interface EventAnswer {
  readonly status?: number;
  readonly error?: string;
}

/** As long as the sandbox waits for a receiver. */
const patienceMs = 10_000;

/** Posts an event and gives the status of the answer. Follows no redirect. */
export async function postEvent({ url, headers, body }: PostedEvent): Promise<EventAnswer> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error && 'code' in cause) return { error: String(cause.code) };
    return { error: error instanceof Error ? error.name : 'failed' };
  }
}
