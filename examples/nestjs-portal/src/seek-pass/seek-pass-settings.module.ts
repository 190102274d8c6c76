import { Module } from '@nestjs/common';
import { readSeekPassSettings, seekPassSettings } from './seek-pass-settings.ts';

@Module({
  providers: [{ provide: seekPassSettings, useFactory: () => readSeekPassSettings(process.env) }],
  exports: [seekPassSettings],
})
export class SeekPassSettingsModule {}
