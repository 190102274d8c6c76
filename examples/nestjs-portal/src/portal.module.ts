import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { APP_FILTER, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { SeekPassModule } from '@seek-pass-kit/nestjs-module';
import { seekPassConfig, seekPassIssuingConfig } from '@seek-pass-kit/nestjs-module/configuration';
import { AwardsModule } from './awards/awards.module.ts';
import { DatabaseModule } from './database/database.module.ts';
import { PortalDatabase } from './database/portal-database.ts';
import { HealthModule } from './health/health.module.ts';
import { seekPassOptions } from './seek-pass/seek-pass-options.ts';
import { SessionsModule } from './sessions/sessions.module.ts';
import { mailConfig } from './settings/mail.config.ts';
import { portalConfig } from './settings/portal.config.ts';
import { StaffModule } from './staff/staff.module.ts';
import { VerificationsModule } from './verifications/verifications.module.ts';
import { AnswerInterceptor } from './web/answer.interceptor.ts';
import { AssetsController } from './web/assets.controller.ts';
import { HomeController } from './web/home.controller.ts';
import { PageErrorFilter } from './web/page-error.filter.ts';

@Module({
  imports: [
    // Reads .env, if there is one.
    ConfigModule.forRoot(),
    DatabaseModule,
    SeekPassModule.forRootAsync({
      isGlobal: true,
      imports: [seekPassConfig, seekPassIssuingConfig, mailConfig, portalConfig].map((config) =>
        ConfigModule.forFeature(config),
      ),
      inject: [
        seekPassConfig.KEY,
        seekPassIssuingConfig.KEY,
        mailConfig.KEY,
        portalConfig.KEY,
        PortalDatabase,
        HttpAdapterHost,
      ],
      useFactory: seekPassOptions,
    }),
    SessionsModule,
    AwardsModule,
    VerificationsModule,
    StaffModule,
    HealthModule,
  ],
  controllers: [HomeController, AssetsController],
  providers: [
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
    { provide: APP_FILTER, useClass: PageErrorFilter },
  ],
})
export class PortalModule {}
