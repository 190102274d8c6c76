export * from './fault-dispatcher.ts';
export * from './manual-clock.ts';
export { sign } from '../webhooks/sign.ts';
export type { SignedHeaders, SignInput } from '../webhooks/sign.ts';
