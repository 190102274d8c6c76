import { registerAs } from '@nestjs/config';
import { university } from '../web/university.ts';

/** How mails to students leave, from the environment. What each may be is checked by the module. */
export const mailConfig = registerAs('mail', () => {
  const {
    SMTP_HOST: host,
    SMTP_PORT: port,
    SMTP_FROM: address,
    SMTP_USER: user,
    SMTP_PASSWORD,
  } = process.env;
  if (!host || !port || !address) {
    throw new Error('The portal cannot start. Set SMTP_HOST, SMTP_PORT and SMTP_FROM: students are mailed.');
  }
  return {
    host,
    port: Number(port),
    from: { name: university.name, address },
    ...(user === undefined ? {} : { user, password: SMTP_PASSWORD ?? '' }),
  };
});
