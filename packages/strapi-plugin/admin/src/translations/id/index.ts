import automation from './automation.json';
import awards from './awards.json';
import entries from './entries.json';
import home from './home.json';
import imports from './imports.json';
import issuances from './issuances.json';
import mapping from './mapping.json';
import records from './records.json';
import runs from './runs.json';
import settings from './settings.json';
import shell from './shell.json';
import type { TextsOfStaff } from '../texts-of-staff.ts';

/** Every text of the administration in Indonesian. */
export const id: TextsOfStaff = {
  ...automation,
  ...awards,
  ...entries,
  ...home,
  ...imports,
  ...issuances,
  ...mapping,
  ...records,
  ...runs,
  ...settings,
  ...shell,
};
