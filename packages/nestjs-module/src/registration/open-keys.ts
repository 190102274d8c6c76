import type { KeyPort } from '@seek-pass-kit/flows';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { required } from './required.ts';

/** Opens the keys of a registration. */
export async function openKeys(setting: SeekPassModuleOptions['keys']): Promise<KeyPort> {
  const keys = required('keys', setting);
  if (typeof keys !== 'string') return keys;
  const { keyRingFromText } = await import('@seek-pass-kit/flows');
  return keyRingFromText(keys);
}
