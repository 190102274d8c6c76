const hidden = '[hidden]';

/**
 * A value that no log may show: `String(secret)`, `JSON.stringify`, `util.inspect` and template strings all give
 * `[hidden]`. {@link Secret.reveal} is the only way to the value, so a search for it finds every use.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Put it on the wire, nowhere else. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}

/** Shape of an error of the system or of undici, as far as it is safe to keep. */
interface NetworkErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
}

/**
 * A copy of a connection error that keeps its name and code only. The originals can hold bytes of the answer (undici's
 * parser error does) or addresses, and `cause` is printed with the error.
 */
export function bareNetworkError(error: unknown): Error {
  const { name, code } = (typeof error === 'object' && error !== null ? error : {}) as NetworkErrorLike;
  const safeCode = typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
  const safeName = typeof name === 'string' && /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error';
  const copy = new Error(safeCode ?? safeName);
  copy.name = safeName;
  if (safeCode !== undefined) Object.assign(copy, { code: safeCode });
  return copy;
}
