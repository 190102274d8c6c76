import 'reflect-metadata';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SeekPass } from '@seek-pass-kit/core';
import { PortalModule } from './portal.module.ts';
import { type PortalSettings, portalConfig } from './settings/portal.config.ts';
import { secure } from './web/secure.ts';

const app = await NestFactory.create<NestFastifyApplication>(PortalModule, new FastifyAdapter(), {
  // Lines of JSON for whatever collects the log, and something to read for a person.
  logger: new ConsoleLogger({ json: !process.stdout.isTTY, logLevels: ['log', 'warn', 'error', 'fatal'] }),
});
const settings = app.get<PortalSettings>(portalConfig.KEY, { strict: false });
await secure(app, settings, app.get(SeekPass).redirectOrigin);
// Without it a signal ends the process at once, with answers and jobs half done.
app.enableShutdownHooks();
await app.listen(settings.port, settings.host);
