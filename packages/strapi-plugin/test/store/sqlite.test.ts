import { conformanceOver } from './conformance-over.ts';
import { sqlite } from './site-databases.ts';

// Strapi has one connection to an SQLite file, and one process has the file. What comes nearest to another process is another store over
// the same connection, as after the settings were changed: it shares nothing else with the first.
conformanceOver(sqlite);
