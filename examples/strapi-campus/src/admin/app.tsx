/** The browser asks nobody for news about Strapi: everything of this example stays on this machine. */
export default { config: { notifications: { releases: false }, tutorials: false }, bootstrap() {} };
