import { Global, Module } from '@nestjs/common';
import { portalSettings, readPortalSettings } from './portal-settings.ts';

@Global()
@Module({
  providers: [{ provide: portalSettings, useFactory: () => readPortalSettings(process.env) }],
  exports: [portalSettings],
})
export class SettingsModule {}
