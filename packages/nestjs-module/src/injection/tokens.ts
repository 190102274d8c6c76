/** The name of a registration that was given none. */
export const defaultName = 'default';

// Symbol.for: the ESM and the CommonJS copy of this package give the same ones.
const token = (part: string, name = defaultName): symbol => Symbol.for(`seek-pass-kit:${part}:${name}`);

/** Under which the client of a registration is provided; see `InjectSeekPass`. For `overrideProvider` in tests. */
export const getSeekPassToken = (name?: string): symbol => token('client', name);

/** Under which the add flow of a registration is provided; see `InjectAddFlow`. */
export const getAddFlowToken = (name?: string): symbol => token('add-flow', name);

/** Under which the verify flow of a registration is provided; see `InjectVerifyFlow`. */
export const getVerifyFlowToken = (name?: string): symbol => token('verify-flow', name);

/** Under which the webhook inbox of a registration is provided; see `InjectInbox`. */
export const getInboxToken = (name?: string): symbol => token('inbox', name);

/** Under which the health of a registration is provided; see `InjectSeekPassHealth`. */
export const getSeekPassHealthToken = (name?: string): symbol => token('health', name);

/** Under which the metrics of a registration are provided; see `InjectSeekPassMetrics`. */
export const getSeekPassMetricsToken = (name?: string): symbol => token('metrics', name);

/** Under which the options of a registration are provided: override it in tests, and everything is made from yours. */
export const getSeekPassOptionsToken = (name?: string): symbol => token('options', name);

/** The name of the registration that a token of {@link getRegistrationToken} stands for; of every other token `undefined`. */
export function registrationNameOf(found: unknown): string | undefined {
  const key = typeof found === 'symbol' ? Symbol.keyFor(found) : undefined;
  return key?.startsWith(registrationKey) === true ? key.slice(registrationKey.length) : undefined;
}

const registrationKey = 'seek-pass-kit:registration:';

/** Under which everything that belongs to a registration is kept, inside the module only. */
export const getRegistrationToken = (name?: string): symbol => token('registration', name);
