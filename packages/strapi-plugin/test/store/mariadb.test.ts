import { conformanceOver } from './conformance-over.ts';
import { mariadb } from './site-databases.ts';

conformanceOver(mariadb);
