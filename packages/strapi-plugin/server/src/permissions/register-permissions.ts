import type { Core } from '@strapi/types';
import { type PermissionName, permissionNames } from '../../../contract/permissions.ts';
import { pluginId } from '../../../contract/plugin-id.ts';

const shownAs: Readonly<
  Record<PermissionName, { readonly displayName: string; readonly subCategory: string }>
> = {
  read: { displayName: 'See what became of credentials', subCategory: 'awards' },
  'personal-data': { displayName: 'See names and e-mail addresses', subCategory: 'awards' },
  issue: { displayName: 'Issue, resend and re-issue one', subCategory: 'awards' },
  'bulk-issue': { displayName: 'Issue many at once', subCategory: 'awards' },
  'copy-link': { displayName: 'Copy a claim link', subCategory: 'awards' },
  withdraw: { displayName: 'Withdraw', subCategory: 'awards' },
  export: { displayName: 'Export lists', subCategory: 'awards' },
  settings: { displayName: 'Change settings and mappings', subCategory: 'settings' },
};

/** Makes Strapi offer our permissions in its roles. To be called in `bootstrap`: after it, Strapi refuses. */
export async function registerPermissions(strapi: Core.Strapi): Promise<void> {
  await strapi
    .service('admin::permission')
    .actionProvider.registerMany(
      permissionNames.map((uid) => ({ section: 'plugins', pluginName: pluginId, uid, ...shownAs[uid] })),
    );
}
