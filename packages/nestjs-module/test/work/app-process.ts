/** An application that issues, mails and ends by a signal, as one in production does. It tells what it does, one line of JSON each. */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AddFlow, MailPort } from '@seek-pass-kit/flows';
import { getAddFlowToken, SeekPassModule, type SeekPassModuleOptions } from '../../src/index.ts';
import type { AppSettings } from './app-program.ts';
import { sampleAward, sampleRun } from './sample-awards.ts';

const settings = JSON.parse(process.env['APP_SETTINGS'] ?? '') as AppSettings;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const mail: MailPort = {
  async send({ to }) {
    say({ sending: to.address });
    await new Promise((resolve) => setTimeout(resolve, settings.sendMs));
    say({ sent: to.address });
    return { outcome: 'accepted' };
  },
};

const { addFlow, ...rest } = settings.options;
const tell = (entry: object) => say({ log: entry });
const options: SeekPassModuleOptions = {
  ...rest,
  addFlow: { ...addFlow, mail },
  logger: { log: tell, warn: tell, error: tell },
};

@Module({ imports: [SeekPassModule.forRoot(options)] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false });
if (settings.onSignal === 'exit') app.enableShutdownHooks([], { useProcessExit: true });
if (settings.onSignal === 'hooks') app.enableShutdownHooks();
await app.listen(0, '127.0.0.1');

const flow = app.get<AddFlow>(getAddFlowToken(), { strict: false });
for (let number = 1; number <= settings.awards; number += 1) {
  await flow.award(sampleAward(number), sampleRun);
}
say({ ready: true });
