import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import type { AddFlow, AwardEvent } from '@seek-pass-kit/flows';
import {
  getSeekPassOptionsToken,
  InjectAddFlow,
  OnAward,
  SeekPassModule,
  type SeekPassModuleOptions,
} from '@seek-pass-kit/nestjs-module';
import { claimLinkOf, startTestSeekPass, type TestSeekPass } from '@seek-pass-kit/nestjs-module/testing';

@Injectable()
export class Enrolments {
  constructor(@InjectAddFlow() readonly addFlow: AddFlow) {}

  @OnAward('added')
  async markAdded({ awardId }: AwardEvent): Promise<void> {
    console.log(awardId);
  }

  // @ts-expect-error there is no such event
  @OnAward('vanished')
  async never(): Promise<void> {}
}

const settings: SeekPassModuleOptions = { environment: 'sandbox', clientId: 'sandbox-1', clientSecret: 's' };

@Module({
  imports: [SeekPassModule.forRootAsync({ name: 'hr', isGlobal: true, useFactory: () => settings })],
  providers: [Enrolments],
})
export class AppModule {}

// @ts-expect-error a misspelt setting
export const wrong: DynamicModule = SeekPassModule.forRoot({ ...settings, addflow: {} });

export const seekPass: Promise<TestSeekPass> = startTestSeekPass();
export const others: readonly unknown[] = [claimLinkOf, getSeekPassOptionsToken('hr')];
