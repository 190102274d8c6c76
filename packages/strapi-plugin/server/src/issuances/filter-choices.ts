import type { IssuanceFilterChoices } from '../../../contract/issuances.ts';
import { serviceOf } from '../plugin-services.ts';
import { contentTypeName } from './issuance-rows.ts';
import type { AskedScope } from './issuance-scope.ts';

/** What the list can be narrowed to: the mappings of the site, and what they are of, as far as the asker may read it. */
export async function filterChoices({ strapi, visible }: AskedScope): Promise<IssuanceFilterChoices> {
  const all = await serviceOf(strapi, 'mappings').all();
  const mappings = all.filter(({ contentType }) => visible.contentTypes.has(contentType));
  return {
    credentialTypes: [...new Set(mappings.map(({ credentialType }) => credentialType))],
    contentTypes: [...new Set(mappings.map(({ contentType }) => contentType))].map((uid) => ({
      uid,
      name: contentTypeName(strapi, uid),
    })),
    mappings: mappings.map(({ name, title }) => ({ name, label: title })),
  };
}
