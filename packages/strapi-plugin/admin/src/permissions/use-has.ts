import { useAuth } from '@strapi/strapi/admin';
import { permissionAction, type PermissionName } from '../../../contract/permissions.ts';

/** Like `useMay`, known at once and cheap enough for each row of a table: the permissions of this plugin have no conditions. */
export function useHas(): (name: PermissionName) => boolean {
  const permissions = useAuth('SEEK Pass', (state) => state.permissions);
  return (name) => permissions.some(({ action }) => action === permissionAction(name));
}
