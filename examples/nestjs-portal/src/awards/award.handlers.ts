import { Injectable, Logger } from '@nestjs/common';
import type { AwardEvent } from '@seek-pass-kit/flows';
import { OnAward } from '@seek-pass-kit/nestjs-module';
import { AwardRecords } from './award-records.ts';

/**
 * Hears what became of awards. A handler may be called twice for one event, and is called again when it throws: setting a state is the
 * same however often it is done.
 */
@Injectable()
export class AwardHandlers {
  readonly #log = new Logger(AwardHandlers.name);

  constructor(private readonly records: AwardRecords) {}

  @OnAward('added', 'declined', 'closed', 'rejected')
  async setState({ type, awardId }: AwardEvent): Promise<void> {
    await this.records.setState(awardId, type);
  }

  /** The 48 hours at SEEK Pass ran out. Nothing is lost: it can be added again. */
  @OnAward('expired')
  async setReady({ awardId }: AwardEvent): Promise<void> {
    await this.records.setState(awardId, 'ready');
  }

  /** A person has to look: the copy in the wallet cannot be recalled. */
  @OnAward('added_after_withdrawal', 'added_after_supersession')
  async alert({ type, awardId }: AwardEvent): Promise<void> {
    this.#log.warn(`${type}: look at /staff/credentials/${awardId}`);
  }
}
