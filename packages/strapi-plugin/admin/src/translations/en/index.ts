import automation from './automation.json';
import awards from './awards.json';
import entries from './entries.json';
import home from './home.json';
import imports from './imports.json';
import issuances from './issuances.json';
import records from './records.json';
import runs from './runs.json';
import mapping from './mapping.json';
import settings from './settings.json';
import shell from './shell.json';

/** Every text of the administration in English: a file for each part, each key beginning with the name of its file. */
export const en = {
  ...automation,
  ...awards,
  ...entries,
  ...home,
  ...imports,
  ...issuances,
  ...records,
  ...runs,
  ...mapping,
  ...settings,
  ...shell,
};
