export {
  type Connection,
  type NodeListener,
  type NodeListenerOptions,
  toNodeListener,
  type WebHandler,
} from './node-listener.ts';
