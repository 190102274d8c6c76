import { Global, Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { type PortalSettings, portalConfig } from '../settings/portal.config.ts';
import { PortalDatabase } from './portal-database.ts';

@Global()
@Module({
  imports: [ConfigModule.forFeature(portalConfig)],
  providers: [
    {
      provide: PortalDatabase,
      inject: [portalConfig.KEY],
      useFactory: (settings: PortalSettings) => PortalDatabase.open(settings),
    },
  ],
  exports: [PortalDatabase],
})
export class DatabaseModule {}
