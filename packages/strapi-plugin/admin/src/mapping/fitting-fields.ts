import type { SourceKind, TargetKind } from '../../../contract/mapping.ts';

/** Whether a field of this kind is worth offering. The server says what is allowed; this only keeps the list short. */
export function fitting(target: TargetKind | 'template', field: SourceKind): boolean {
  switch (target) {
    case 'user':
      return field === 'user';
    case 'boolean':
      return field === 'boolean' || field === 'text';
    case 'date':
      return field === 'day' || field === 'moment' || field === 'text';
    case 'document':
      return field === 'media' || field === 'text';
    default:
      return field !== 'user' && field !== 'media' && field !== 'boolean';
  }
}
