import { z } from 'zod';

/** One language of an entry, as requests name it. Strapi takes `*` for all of them: what was checked of one would be done to another. */
export const localeInput = z.string().regex(/^[\w-]{1,35}$/, 'name one language, such as "en"');
