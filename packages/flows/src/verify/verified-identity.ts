/** Who SEEK Pass says it was, as read from its answer. */
export interface VerifiedIdentity {
  readonly fullName: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: string;
}

/** What can be read from the answer about a verified request. */
export interface ReadAnswer {
  /** Absent: it says nothing that this reader understands, and a person has to look. */
  readonly identity?: VerifiedIdentity;
  /** When it was verified, in milliseconds since the epoch, by SEEK Pass's clock. */
  readonly verifiedAt?: number;
}

/** Reads the answer of SEEK Pass about a verified request. */
export type IdentityReader = (response: Readonly<Record<string, unknown>>) => ReadAnswer;

/** Where the fields may be, from the answer downwards. */
const places: ReadonlyArray<readonly string[]> = [
  ['credential', 'fields'],
  ['credential'],
  ['data', 'credential'],
  ['data'],
  ['fields'],
  [],
];

/**
 * The default reader. The form of the answer is not documented, only that it holds full name and date of birth: `full_name` and
 * `date_of_birth`, as every documented credential calls them, are looked for where such fields usually are. Two that differ count as none.
 */
export function readIdentity(response: Readonly<Record<string, unknown>>): ReadAnswer {
  const fullName = only(response, 'full_name');
  const dateOfBirth = only(response, 'date_of_birth');
  const finalizedAt = response['finalized_at'];
  return {
    ...(fullName === undefined
      ? {}
      : { identity: { fullName, ...(dateOfBirth === undefined ? {} : { dateOfBirth }) } }),
    // Without a zone it would be read by the one of this machine.
    ...(typeof finalizedAt === 'string' && /T.*(Z|[+-]\d\d:?\d\d)$/i.test(finalizedAt)
      ? { verifiedAt: Date.parse(finalizedAt) }
      : {}),
  };
}

/**
 * Of what a reader gave only what can be: what is no name is none, and a birth date in another form or a time that is no number is
 * absent.
 */
export function soundAnswer(given: unknown): ReadAnswer {
  if (!isObject(given)) return {};
  const { identity, verifiedAt } = given;
  const hasTime = typeof verifiedAt === 'number' && Number.isFinite(verifiedAt);
  return {
    ...(isPerson(identity) ? { identity: withSoundDate(identity) } : {}),
    ...(hasTime ? { verifiedAt: Math.floor(verifiedAt) } : {}),
  };
}

function isPerson(identity: unknown): identity is VerifiedIdentity {
  if (!isObject(identity)) return false;
  const { fullName } = identity;
  return typeof fullName === 'string' && fullName.trim() !== '';
}

function withSoundDate(identity: VerifiedIdentity): VerifiedIdentity {
  const { dateOfBirth, ...rest } = identity;
  return typeof dateOfBirth === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(dateOfBirth) ? identity : rest;
}

function only(response: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const found = new Set<string>();
  for (const path of places) {
    let at: unknown = response;
    for (const member of path) at = isObject(at) ? at[member] : undefined;
    const value = isObject(at) ? at[name] : undefined;
    if (typeof value === 'string' && value.trim() !== '') found.add(value);
  }
  const [value, another] = found;
  return another === undefined ? value : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
