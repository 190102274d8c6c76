import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigurationError } from '@seek-pass-kit/core';
import type { FrontDoor } from '@seek-pass-kit/flows/node';

/** An Express application, 4 or 5. */
export interface ExpressInstance {
  use(layer: ExpressLayer): void;
  /** Express 4 throws when this is read. */
  readonly router?: ExpressRouter;
  readonly _router?: ExpressRouter;
}

type ExpressLayer = (incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) => void;

interface ExpressRouter {
  readonly stack?: Array<{ readonly name?: string }>;
}

/**
 * Makes a door the first layer of an Express application, in front of whatever was mounted before. Only what makes a request one of Express
 * comes first, so that middleware which a host proof runs finds `req.get` and `res.cookie`.
 *
 * @throws {ConfigurationError} `invalid_configuration` when the layers cannot be reached.
 */
export function mountInExpress(express: ExpressInstance, door: Pick<FrontDoor, 'take'>): void {
  express.use(function seekPassFrontDoor(incoming, outgoing, next) {
    if (!door.take(incoming, outgoing)) next();
  });
  const { _router: ofExpress4 } = express;
  const layers = (ofExpress4 ?? express.router)?.stack;
  const layer = layers?.pop();
  if (layers === undefined || layer === undefined) {
    throw new ConfigurationError(
      'the layers of this Express application cannot be reached, so nothing can come before its body parsers: use Express 4 or 5.',
    );
  }
  // Express 4 does it in layers of its own; Express 5 does it before all layers.
  layers.splice(layers.findIndex(({ name }) => name === 'expressInit') + 1, 0, layer);
}
