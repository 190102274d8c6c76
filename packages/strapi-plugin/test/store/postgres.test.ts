import { conformanceOver } from './conformance-over.ts';
import { postgres } from './site-databases.ts';

conformanceOver(postgres);
