/** What Strapi calls this plugin. */
export const pluginId = 'seek-pass';
