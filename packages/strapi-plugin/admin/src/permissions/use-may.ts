import { useAuth } from '@strapi/strapi/admin';
import { useCallback } from 'react';
import { permissionAction, type PermissionName } from '../../../contract/permissions.ts';

/** A permission as Strapi's hooks take it. */
export function permissionOf(name: PermissionName) {
  return { action: permissionAction(name), subject: null };
}

/**
 * What whoever looks may do: `const { may } = useMay(); may('issue')`. By what Strapi told at the log-in, and not by `useRBAC`: that asks once, and
 * keeps a question that failed on a slow network for a no.
 */
export function useMay(): { readonly may: (name: PermissionName) => boolean; readonly loading: boolean } {
  const permissions = useAuth('useMay', (state) => state.permissions);
  const loading = useAuth('useMay', (state) => state.isLoading);
  const may = useCallback(
    (name: PermissionName) => permissions.some(({ action }) => action === permissionAction(name)),
    [permissions],
  );
  return { may, loading };
}
