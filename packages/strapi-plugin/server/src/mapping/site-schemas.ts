import type { Core } from '@strapi/types';

/** An attribute of a content type or component, as far as mappings look at it. */
export interface SiteAttribute {
  readonly type: string;
  readonly private?: boolean;
  /** Of a relation: `manyToOne`, … */
  readonly relation?: string;
  /** Of a relation: the content type it leads to. */
  readonly target?: string;
  /** Of a component. */
  readonly component?: string;
  readonly repeatable?: boolean;
  /** Of media: several files. */
  readonly multiple?: boolean;
}

/** A content type or component. */
export interface SiteModel {
  readonly info: { readonly displayName?: string };
  readonly options?: { readonly draftAndPublish?: boolean; readonly privateAttributes?: readonly string[] };
  readonly attributes: Readonly<Record<string, SiteAttribute>>;
}

/** The content types and components of the site, as they are now. */
export interface SiteSchemas {
  contentType(uid: string): SiteModel | undefined;
  component(uid: string): SiteModel | undefined;
  /** Names of fields that the site keeps private in every content type. */
  readonly privateAttributes: readonly string[];
}

type Models = Readonly<Record<string, SiteModel>>;

/** Reads them from Strapi, each time anew: a field may become private at any time. */
export function siteSchemas(strapi: Core.Strapi): SiteSchemas {
  return {
    contentType: (uid) => ownOf(strapi.contentTypes as unknown as Models, uid),
    component: (uid) => ownOf(strapi.components as unknown as Models, uid),
    privateAttributes: strapi.config.get<string[]>('api.responses.privateAttributes', []),
  };
}

/** A name from outside may be `constructor`. */
export function ownOf<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
