import type { SourceField, SourceKind } from '../../../contract/mapping.ts';
import { ownOf, type SiteAttribute, type SiteModel, type SiteSchemas } from './site-schemas.ts';

/** What came of looking for a field: it, or the sentence that says why it cannot be mapped. */
export type SourceLookup = { readonly field: SourceField } | { readonly refused: string };

const kinds: Readonly<Record<string, SourceKind>> = {
  string: 'text',
  text: 'text',
  email: 'text',
  uid: 'text',
  enumeration: 'text',
  time: 'text',
  integer: 'number',
  biginteger: 'number',
  float: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'day',
  datetime: 'moment',
  timestamp: 'moment',
};

/** End users of the site: only that an entry belongs to one of them may be used, by the target `user`. */
const endUsers = 'plugin::users-permissions.user';

/** Strapi's own: accounts, keys, releases. Their fields never go anywhere. */
const closed =
  /^(?:admin|strapi)::|^plugin::(?:users-permissions|upload|i18n|content-releases|review-workflows|email|seek-pass)\./;

/** Whether mappings can be made for a content type at all. */
export function isMappable(contentType: string): boolean {
  return !closed.test(contentType);
}

/**
 * Finds the field of a path, or says why it may not be used (security rule 24): private fields, passwords, and whatever belongs to Strapi's
 * accounts, also by way of a relation. Asked when a mapping is saved and again for each entry: a field may have become private.
 */
export function findSource(schemas: SiteSchemas, contentType: string, path: string): SourceLookup {
  const model = schemas.contentType(contentType);
  if (model === undefined) return refused(`There is no content type ${contentType}: choose another.`);
  if (!isMappable(contentType))
    return refused(`${contentType} belongs to Strapi itself: choose another content type.`);
  const [first = '', second, ...more] = path.split('.');
  if (more.length > 0)
    return refused(`${path} leads too far: only fields of the entry and of what it relates to directly.`);
  const attribute = attributeOf(model, first);
  if (attribute === undefined) return refused(`There is no field ${first}: choose another.`);
  if (isPrivate(schemas, model, first, attribute))
    return refused(`${first} is private: choose another field.`);
  if (second === undefined) return leaf(path, attribute, false);
  const step = stepOf(schemas, first, attribute);
  if ('refused' in step) return step;
  const inner = attributeOf(step.model, second);
  if (inner === undefined) return refused(`${first} has no field ${second}: choose another.`);
  if (isPrivate(schemas, step.model, second, inner))
    return refused(`${path} is private: choose another field.`);
  return leaf(path, inner, step.many);
}

/** Every field of a content type that a mapping may use: its own first, then those of relations and components. */
export function sourceFieldsOf(schemas: SiteSchemas, contentType: string): SourceField[] {
  const model = schemas.contentType(contentType);
  if (model === undefined) return [];
  const names = fieldNames(model);
  const inner = names.flatMap((name) => {
    const attribute = attributeOf(model, name);
    const step = attribute === undefined ? undefined : stepOf(schemas, name, attribute);
    return step === undefined || 'refused' in step
      ? []
      : fieldNames(step.model).map((below) => `${name}.${below}`);
  });
  return [...names, ...inner].flatMap((path) => {
    const found = findSource(schemas, contentType, path);
    return 'field' in found ? [found.field] : [];
  });
}

/** What a relation or a component leads to. */
function stepOf(
  schemas: SiteSchemas,
  name: string,
  attribute: SiteAttribute,
): { readonly model: SiteModel; readonly many: boolean } | { readonly refused: string } {
  const { type, relation = '', target = '', component = '', repeatable = false } = attribute;
  if (type === 'component') {
    const model = schemas.component(component);
    return model === undefined ? refused(`There is no component ${component}.`) : { model, many: repeatable };
  }
  if (type !== 'relation') return refused(`${name} has no fields of its own: choose ${name} itself.`);
  if (closed.test(target)) {
    return refused(`${name} leads to accounts or data of Strapi itself, which never go into a credential.`);
  }
  const model = schemas.contentType(target);
  if (model === undefined) {
    return refused(
      `${name} can lead to entries of several content types: relate to one content type instead.`,
    );
  }
  return { model, many: relation.endsWith('ToMany') };
}

function leaf(path: string, attribute: SiteAttribute, many: boolean): SourceLookup {
  const { type, target, relation = '', multiple = false } = attribute;
  if (type === 'password') return refused(`${path} is a password, which never goes into a credential.`);
  if (type === 'media') return { field: { path, kind: 'media', many: many || multiple } };
  if (type === 'relation') {
    if (target === endUsers) {
      return { field: { path, kind: 'user', many: many || relation.endsWith('ToMany') } };
    }
    return closed.test(target ?? '')
      ? refused(`${path} leads to accounts or data of Strapi itself, which never go into a credential.`)
      : refused(`${path} is a relation: choose one of the fields of what it leads to.`);
  }
  if (type === 'component') return refused(`${path} is a component: choose one of its fields.`);
  const kind = ownOf(kinds, type);
  return kind === undefined
    ? refused(
        `${path} is of the kind ${type}, which does not fit into a credential: use a field with a plain value.`,
      )
    : { field: { path, kind, many } };
}

const documentId: SiteAttribute = { type: 'string' };

function attributeOf({ attributes }: SiteModel, name: string): SiteAttribute | undefined {
  return name === 'documentId' ? documentId : ownOf(attributes, name);
}

function fieldNames({ attributes }: SiteModel): string[] {
  return [...Object.keys(attributes), 'documentId'];
}

function isPrivate(
  schemas: SiteSchemas,
  { options }: SiteModel,
  name: string,
  attribute: SiteAttribute,
): boolean {
  return (
    attribute.private === true ||
    options?.privateAttributes?.includes(name) === true ||
    schemas.privateAttributes.includes(name)
  );
}

function refused(sentence: string): { readonly refused: string } {
  return { refused: sentence };
}
