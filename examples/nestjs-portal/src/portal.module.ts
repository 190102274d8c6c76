import { Module } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR, HttpAdapterHost } from '@nestjs/core';
import { SeekPassModule } from '@seek-pass-kit/nestjs-module';
import { AwardsModule } from './awards/awards.module.ts';
import { DatabaseModule } from './database/database.module.ts';
import { PortalDatabase } from './database/portal-database.ts';
import { HealthModule } from './health/health.module.ts';
import { seekPassOptions } from './seek-pass/seek-pass-options.ts';
import { SeekPassSettingsModule } from './seek-pass/seek-pass-settings.module.ts';
import { seekPassSettings } from './seek-pass/seek-pass-settings.ts';
import { SessionsModule } from './sessions/sessions.module.ts';
import { portalSettings } from './settings/portal-settings.ts';
import { SettingsModule } from './settings/settings.module.ts';
import { StaffModule } from './staff/staff.module.ts';
import { VerificationsModule } from './verifications/verifications.module.ts';
import { AnswerInterceptor } from './web/answer.interceptor.ts';
import { AssetsController } from './web/assets.controller.ts';
import { HomeController } from './web/home.controller.ts';
import { PageErrorFilter } from './web/page-error.filter.ts';

@Module({
  imports: [
    SettingsModule,
    DatabaseModule,
    SeekPassModule.forRootAsync({
      isGlobal: true,
      imports: [SeekPassSettingsModule],
      inject: [seekPassSettings, portalSettings, PortalDatabase, HttpAdapterHost],
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
