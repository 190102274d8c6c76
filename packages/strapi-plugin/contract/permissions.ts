import { pluginId } from './plugin-id.ts';

/** What a role of Strapi's administration may be given, each by itself. The last part of each name is unique: `useRBAC` goes by it. */
export const permissionNames = [
  'read',
  'personal-data',
  'issue',
  'bulk-issue',
  'copy-link',
  'withdraw',
  'export',
  'settings',
] as const;

export type PermissionName = (typeof permissionNames)[number];

/** The name of a permission as Strapi stores it: `plugin::seek-pass.issue`. */
export function permissionAction(name: PermissionName): string {
  return `plugin::${pluginId}.${name}`;
}
