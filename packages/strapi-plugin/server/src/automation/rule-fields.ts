import type { Core } from '@strapi/types';
import type { MappingAutomation } from '../../../contract/automation.ts';

const comparable = new Set(['string', 'enumeration', 'boolean', 'integer', 'biginteger']);

/** The fields of a content type whose value a rule may wait for: its own, shown to everybody, with short values. */
export function ruleFields(strapi: Core.Strapi, contentType: string): MappingAutomation['fields'] {
  const { attributes = {} } = strapi.contentTypes[contentType as keyof typeof strapi.contentTypes] ?? {};
  return Object.entries(attributes as Readonly<Record<string, Attribute>>).flatMap(([name, attribute]) => {
    if (!comparable.has(attribute.type) || attribute.private === true) return [];
    if (attribute.type === 'boolean') return [{ name, choices: ['true', 'false'] }];
    return [{ name, ...(attribute.enum === undefined ? {} : { choices: attribute.enum }) }];
  });
}

interface Attribute {
  readonly type: string;
  readonly private?: boolean;
  readonly enum?: readonly string[];
}
