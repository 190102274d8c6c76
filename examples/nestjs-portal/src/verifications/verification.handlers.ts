import { Injectable, Logger } from '@nestjs/common';
import type { InboxEvent, VerificationEvent } from '@seek-pass-kit/flows';
import { OnSeekPassEvent, OnVerification } from '@seek-pass-kit/nestjs-module';
import { VerificationsService } from './verifications.service.ts';

/** Hears what became of identity checks, by a worker and never in a request. */
@Injectable()
export class VerificationHandlers {
  readonly #log = new Logger(VerificationHandlers.name);

  constructor(private readonly verifications: VerificationsService) {}

  /** The event holds an id and no result: the flow is asked. */
  @OnVerification('*')
  async follow({ verificationId }: VerificationEvent): Promise<void> {
    await this.verifications.follow(verificationId);
  }

  /** A webhook is a hint: the flow fetches the result itself. Here it is only counted in the log. */
  @OnSeekPassEvent('*')
  heard({ type }: InboxEvent): void {
    this.#log.log(`SEEK Pass sent ${type}`);
  }
}
