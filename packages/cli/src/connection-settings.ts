/** Settings of the connection to SEEK Pass. They come from the environment only: a command line is seen by other users and kept in histories. */
export const connectionSettings = {
  environment: 'SEEK_PASS_ENVIRONMENT',
  baseUrl: 'SEEK_PASS_BASE_URL',
  clientId: 'SEEK_PASS_CLIENT_ID',
  clientSecret: 'SEEK_PASS_CLIENT_SECRET',
  smtpPort: 'SEEK_PASS_SANDBOX_SMTP_PORT',
  maxClockSkew: 'SEEK_PASS_MAX_CLOCK_SKEW_SECONDS',
} as const;
