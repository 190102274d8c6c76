import type { World } from '../world/world.ts';

/** What the routes of the partner API work with. */
export interface PartnerApi {
  readonly world: World;
  /** `http://127.0.0.1:4010`: what redirect URLs and upload links begin with. */
  readonly baseUrl: string;
}
