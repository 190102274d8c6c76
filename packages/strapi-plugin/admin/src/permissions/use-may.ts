import { useRBAC } from '@strapi/strapi/admin';
import { permissionAction, type PermissionName, permissionNames } from '../../../contract/permissions.ts';

/** A permission as Strapi's hooks take it. */
export function permissionOf(name: PermissionName) {
  return { action: permissionAction(name), subject: null };
}

const all = permissionNames.map((name) => ({
  ...permissionOf(name),
  id: 0,
  actionParameters: {},
  properties: {},
  conditions: [],
}));

/** What whoever looks may do: `const { may } = useMay(); may('issue')`. `false` for everything while it is not known yet. */
export function useMay(): { readonly may: (name: PermissionName) => boolean; readonly loading: boolean } {
  const { allowedActions, isLoading } = useRBAC(all);
  return { may: (name) => allowedActions[`can${inCapitals(name)}`] === true, loading: isLoading };
}

/** Strapi calls `copy-link` `canCopyLink`. */
function inCapitals(name: PermissionName): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
