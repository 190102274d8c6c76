import { systemClock } from '@seek-pass-kit/core';
import type { Core, UID } from '@strapi/types';
import { errors } from '@strapi/utils';
import type { Context } from 'koa';
import { z } from 'zod';
import type { AutomationPreview, AutomationRule, MappingAutomation } from '../../../contract/automation.ts';
import { whoAsks } from '../permissions/asker.ts';
import { localeInput } from '../permissions/locale-input.ts';
import { requireReadable } from '../permissions/readable-entries.ts';
import { contentTypeName } from '../issuances/issuance-rows.ts';
import { permissionChecker } from '../permissions/readable-entry.ts';
import { serviceOf } from '../plugin-services.ts';
import { readInput } from '../routes/read-input.ts';
import { dismiss, listApprovals } from './approvals.ts';
import { automationRuleSchema, readRule, readRules, saveRule } from './automation-rules.ts';
import { ruleFields } from './rule-fields.ts';

const name = z.string().min(1).max(200);
const pageSchema = z.strictObject({ cursor: name.optional() });
const awardSchema = z.strictObject({
  contentType: name,
  documentId: name,
  locale: localeInput.optional(),
  mapping: name,
});
const ruleSchema = z.strictObject({ mapping: name, rule: automationRuleSchema });

const monthMs = 30 * 24 * 3_600_000;

/** What is issued by itself, and what waits for a person. */
export function automationController({ strapi }: { readonly strapi: Core.Strapi }) {
  return {
    /** The rule of every mapping. */
    async rules(context: Context) {
      const rules = await readRules(strapi);
      const mappings = await serviceOf(strapi, 'mappings').all();
      context.body = mappings.map(
        ({ name: mapping, title, contentType }): MappingAutomation => ({
          mapping,
          title,
          contentType,
          contentTypeName: contentTypeName(strapi, contentType),
          fields: ruleFields(strapi, contentType),
          ...(rules[mapping] ?? { enabled: false, moment: { on: 'published' } }),
        }),
      );
    },

    /** How many entries a rule is about. Only for whoever may read all of them: a count of one value tells whether somebody has it. */
    async preview(context: Context) {
      const { mapping, rule } = readInput(ruleSchema, context.request.body);
      const { contentType } = await checkedRule(strapi, mapping, rule);
      await requireWholeType(strapi, context, contentType, rule);
      const filters = rule.moment.on === 'value' ? { [rule.moment.field]: rule.moment.equals } : {};
      const since = new Date(systemClock.now() - monthMs).toISOString();
      const documents = strapi.documents(contentType as UID.ContentType);
      const count = (of: object) => documents.count({ filters: of, status: 'published' } as never);
      const [published, lastMonth] = [
        await count(filters),
        await count({ ...filters, publishedAt: { $gte: since } }),
      ];
      context.body = { published, lastMonth } satisfies AutomationPreview;
    },

    async save(context: Context) {
      const { mapping, rule } = readInput(ruleSchema, context.request.body);
      await checkedRule(strapi, mapping, rule);
      const former = await readRule(strapi, mapping);
      await saveRule(strapi, mapping, rule);
      await record(strapi, mapping, former, rule, whoAsks(context));
      context.body = rule;
    },

    async approvals(context: Context) {
      const { cursor } = readInput(pageSchema, context.query);
      context.body = await listApprovals(strapi, context, cursor);
    },

    async dismiss(context: Context) {
      const award = awardOf(readInput(awardSchema, context.request.body));
      await requireReadable(strapi, context, award);
      await dismiss(strapi, award);
      context.body = {};
    },
  };
}

function awardOf({ locale, ...award }: z.output<typeof awardSchema>) {
  return { ...award, ...(locale === undefined ? {} : { locale }) };
}

/** @throws {ForbiddenError} when there are entries of the content type that the asker may not read, or not the field that the rule is about. */
async function requireWholeType(
  strapi: Core.Strapi,
  { state }: Context,
  contentType: string,
  { moment }: AutomationRule,
): Promise<void> {
  const { cannot, sanitizedQuery } = permissionChecker(strapi, state, contentType);
  const field = moment.on === 'value' ? moment.field : undefined;
  const isRefused = cannot.read() || cannot.read(undefined, field);
  const { filters } = isRefused ? {} : await sanitizedQuery.read({});
  if (isRefused || Object.keys(filters ?? {}).length > 0)
    throw new errors.ForbiddenError(
      'How many entries there are is shown to those only who may read all of them. The rule can be saved all the same.',
    );
}

async function checkedRule(strapi: Core.Strapi, mappingName: string, { moment }: AutomationRule) {
  const mapping = await serviceOf(strapi, 'mappings').find(mappingName);
  if (mapping === undefined) throw new errors.NotFoundError('There is no such mapping: load the page again.');
  if (moment.on === 'published') return mapping;
  const field = ruleFields(strapi, mapping.contentType).find((one) => one.name === moment.field);
  const problem =
    field === undefined
      ? { path: ['rule', 'moment', 'field'], message: 'Choose a field of the entry itself.' }
      : field.choices?.includes(moment.equals) === false
        ? {
            path: ['rule', 'moment', 'equals'],
            message: 'The field never has this value: choose one that it has.',
          }
        : moment.equals === ''
          ? { path: ['rule', 'moment', 'equals'], message: 'Say which value the field has to reach.' }
          : undefined;
  if (problem !== undefined) throw new errors.ValidationError(problem.message, { errors: [problem] });
  return mapping;
}

/** Who switched what on belongs into the audit trail: it decides about credentials that nobody looks at one by one. */
async function record(
  strapi: Core.Strapi,
  mapping: string,
  former: AutomationRule,
  rule: AutomationRule,
  who: string,
): Promise<void> {
  const connection = serviceOf(strapi, 'connection').current();
  if (connection === undefined) return;
  const { issuer, store } = connection;
  const why = rule.enabled ? (former.enabled ? 'changed' : 'switched_on') : 'switched_off';
  const row = { issuer, at: systemClock.now(), who, what: 'automation', about: `mapping:${mapping}`, why };
  await store.transaction((tx) => tx.appendAudit([row]));
}
