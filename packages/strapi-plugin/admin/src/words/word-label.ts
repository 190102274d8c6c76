import { pluginId } from '../../../contract/plugin-id.ts';
import type { WordKey } from './word-key.ts';

/** A text that Strapi shows itself, before any of our components runs: menu, settings, widgets. */
export function wordLabel(key: WordKey): { readonly id: string; readonly defaultMessage: string } {
  return { id: `${pluginId}.${key}`, defaultMessage: key };
}
