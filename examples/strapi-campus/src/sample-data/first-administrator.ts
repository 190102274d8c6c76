import type { Core } from '@strapi/strapi';

/** Makes the first administrator of a new site, with the e-mail address and password of the environment. Without them Strapi asks in the browser. */
export async function makeFirstAdministrator(strapi: Core.Strapi): Promise<void> {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
  if (email === undefined || password === undefined) return;
  if (await strapi.service('admin::user').exists()) return;
  const role = await strapi.service('admin::role').getSuperAdmin();
  await strapi.service('admin::user').create({
    email,
    password,
    firstname: 'Robin',
    lastname: 'Registrar',
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
}
