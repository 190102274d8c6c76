export {
  type Connection,
  type NodeListener,
  type NodeListenerOptions,
  toNodeListener,
  type WebHandler,
} from './node-listener.ts';
export { redactClaimPath } from './redact-claim-path.ts';
