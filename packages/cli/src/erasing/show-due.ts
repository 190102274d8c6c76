import type { CommandContext } from '../command-context.ts';
import { readSettings } from '../config/settings.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { briefly, withFlow } from '../flow/open-flow.ts';
import { plural } from '../terminal/plural.ts';
import type { ListOptions } from './list-erasures.ts';

/** Shows what the retention rules purge with their next daily run. */
export async function showDue(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const { out } = context.terminal;
  const settings = await readSettings(options.config, context);
  const due = await withFlow(settings, (flow) => flow.retentionDue(), briefly);
  if (options.json === true) {
    out(JSON.stringify(due));
    return exitCodes.ok;
  }
  const { deliveryDataDays, unclaimedDays, awardRecordDays } = due.rules;
  out(`Delivery data of awards that have ended goes ${after(deliveryDataDays)}.`);
  out(`Delivery data of awards that nobody claimed goes ${after(unclaimedDays)}.`);
  out(`The record of an award goes ${after(awardRecordDays)}, once nobody belongs to it.`);
  out(
    `Next, unless a hold keeps them: delivery data of ${plural(due.deliveryData, 'recipient')}, records of ${due.awardRecords}.`,
  );
  out('"seek-pass serve" does it once a day by itself.');
  return exitCodes.ok;
}

function after(days: number | undefined): string {
  return days === undefined ? 'never' : `${days} days after its last event`;
}
