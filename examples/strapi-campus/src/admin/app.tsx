/**
 * The browser asks nobody for news about Strapi: everything of this example stays on this machine. Staff choose in their
 * profile among the languages that the plugin speaks.
 */
export default {
  config: {
    notifications: { releases: false },
    tutorials: false,
    locales: ['id', 'ms', 'th', 'vi', 'zh'],
  },
  bootstrap() {},
};
