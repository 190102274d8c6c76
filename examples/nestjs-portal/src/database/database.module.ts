import { Global, Module } from '@nestjs/common';
import { type PortalSettings, portalSettings } from '../settings/portal-settings.ts';
import { PortalDatabase } from './portal-database.ts';

@Global()
@Module({
  providers: [
    {
      provide: PortalDatabase,
      inject: [portalSettings],
      useFactory: (settings: PortalSettings) => PortalDatabase.open(settings),
    },
  ],
  exports: [PortalDatabase],
})
export class DatabaseModule {}
