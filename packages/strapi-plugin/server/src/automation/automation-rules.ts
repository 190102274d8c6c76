import type { Core } from '@strapi/types';
import { z } from 'zod';
import type { AutomationRule } from '../../../contract/automation.ts';
import { pluginId } from '../../../contract/plugin-id.ts';

const name = z.string().min(1).max(200);

/** A rule, as it is saved and as it comes from the browser. */
export const automationRuleSchema = z.strictObject({
  enabled: z.boolean(),
  moment: z.discriminatedUnion('on', [
    z.strictObject({ on: z.literal('published') }),
    z.strictObject({ on: z.literal('value'), field: name, equals: z.string().max(200) }),
  ]),
});

const noRule: AutomationRule = { enabled: false, moment: { on: 'published' } };

/** What a newer version saved, or somebody by hand, is a rule that is off: reading it must keep nobody from publishing. */
const rulesSchema = z.record(z.string(), automationRuleSchema.catch(noRule)).catch({});

/** The rules of the site, by the name of their mapping. Off unless somebody has switched one on. */
export async function readRules(strapi: Core.Strapi): Promise<Readonly<Record<string, AutomationRule>>> {
  return rulesSchema.parse((await storeOf(strapi).get()) ?? {});
}

/** The rule of one mapping. */
export async function readRule(strapi: Core.Strapi, mapping: string): Promise<AutomationRule> {
  return (await readRules(strapi))[mapping] ?? noRule;
}

/** Saves the rule of one mapping. */
export async function saveRule(strapi: Core.Strapi, mapping: string, rule: AutomationRule): Promise<void> {
  await storeOf(strapi).set({ value: { ...(await readRules(strapi)), [mapping]: rule } });
}

function storeOf(strapi: Core.Strapi) {
  return strapi.store({ type: 'plugin', name: pluginId, key: 'automation' });
}

/** Whether a rule is about an entry with these values. */
export function isMeant(
  { enabled, moment }: AutomationRule,
  entry: Readonly<Record<string, unknown>>,
): boolean {
  if (!enabled) return false;
  return moment.on === 'published' || textOf(entry[moment.field]) === moment.equals;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
