import { Global, Module } from '@nestjs/common';
import { ConfigModule, type ConfigType } from '@nestjs/config';
import { seekPassConfig } from '@seek-pass-kit/nestjs-module/configuration';
import { type PortalSettings, portalConfig } from '../settings/portal.config.ts';
import { PortalDatabase } from './portal-database.ts';

@Global()
@Module({
  imports: [ConfigModule.forFeature(portalConfig), ConfigModule.forFeature(seekPassConfig)],
  providers: [
    {
      provide: PortalDatabase,
      inject: [portalConfig.KEY, seekPassConfig.KEY],
      useFactory: ({ database }: PortalSettings, { environment }: ConfigType<typeof seekPassConfig>) =>
        PortalDatabase.open(database, environment),
    },
  ],
  exports: [PortalDatabase],
})
export class DatabaseModule {}
