import type { ConnectionState } from '../../../contract/settings.ts';
import type { ConnectionService } from './connection-service.ts';

/** How the connection stands, for whoever works with the plugin. */
export async function connectionState(
  service: Pick<ConnectionService, 'current' | 'problem'>,
): Promise<ConnectionState> {
  const connection = service.current();
  const stops = await connection?.addFlow.stops();
  return {
    connected: connection !== undefined,
    environment: connection?.environment ?? null,
    problem: service.problem() ?? null,
    stopped: (stops?.inForce.length ?? 0) > 0,
  };
}
