import type { Settings } from '../config/settings.ts';
import type { OpenFlow } from '../flow/open-flow.ts';
import type { PartWatch, ServedPart } from './served-part.ts';

/** Makes the parts that the config asks for. */
export async function servedParts(
  _opened: OpenFlow,
  _settings: Settings,
  _watch: PartWatch,
): Promise<ServedPart[]> {
  return [];
}
