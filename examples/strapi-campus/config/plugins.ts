import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => ({
  // The account at SEEK Pass comes from the environment (SEEK_PASS_…); the rest is set on the pages of the plugin.
  'seek-pass': { enabled: true },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET') } },
  email: {
    config: {
      provider: 'nodemailer',
      providerOptions: {
        host: env('SMTP_HOST', '127.0.0.1'),
        port: env.int('SMTP_PORT', 1025),
        ignoreTLS: true,
      },
      settings: { defaultFrom: 'registry@banksia.example', defaultReplyTo: 'registry@banksia.example' },
    },
  },
});

export default config;
