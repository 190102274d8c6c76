import { SeekPass } from '@seek-pass-kit/core';
import { HandlerBook } from '../handlers/handler-book.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { openLog } from '../logging/open-log.ts';
import { checkOptions } from '../checks/check-options.ts';
import { clientOptions } from './client-options.ts';
import { given } from './given.ts';
import { namedError } from './named-error.ts';
import { openAddFlow } from './open-add-flow.ts';
import { openInbox } from './open-inbox.ts';
import { openKeys } from './open-keys.ts';
import { openRelay } from './open-relay.ts';
import { openStore } from './open-store.ts';
import { openVerifyFlow } from './open-verify-flow.ts';
import { openRecord, watchedBy } from '../work/open-record.ts';
import { openWork } from '../work/registration-work.ts';
import type { Opening } from './opening.ts';
import { Registration, type RegistrationParts } from './registration.ts';
import { takeIssuer } from './take-issuer.ts';

/**
 * Opens what the options of a registration name, and nothing else: the flows are loaded only when one is wanted.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the registration and the setting.
 */
export async function openRegistration(
  name: string,
  options: SeekPassModuleOptions,
  application: object,
): Promise<Registration> {
  const closes: Opening['closes'] = [];
  const close: RegistrationParts['close'] = async (onError) => {
    for (const end of closes.splice(0).reverse()) await end().catch(onError);
  };
  try {
    await checkOptions(name, options);
    takeIssuer(application, name, options);
    return await open(name, options, closes, close);
  } catch (error) {
    await close(() => undefined);
    throw namedError(name, error);
  }
}

async function open(
  name: string,
  options: SeekPassModuleOptions,
  closes: Opening['closes'],
  close: RegistrationParts['close'],
): Promise<Registration> {
  const { issuer = name, environment, clock, random, addFlow, verifyFlow, webhooks } = options;
  const record = await openRecord(options);
  const seekPass = new SeekPass(watchedBy(record, clientOptions(options)));
  closes.push(() => seekPass.close());
  const handlers = new HandlerBook();
  if (record === undefined) {
    return new Registration({ name, seekPass, handlers, log: () => undefined, routes: [], close });
  }

  const log = await openLog(name, options.logger);
  const core = { issuer, environment, seekPass, ...given({ clock, random }) };
  const relay =
    webhooks?.withoutInbox === undefined ? [] : await openRelay(webhooks, { shared: core, log, record });
  const inboxSettings = webhooks?.withoutInbox === undefined ? webhooks : undefined;
  const all = { name, issuer, seekPass, handlers, options, record, log, close };
  if (addFlow === undefined && verifyFlow === undefined && inboxSettings === undefined) {
    const work = await openWork({ ...all, parts: [] });
    closes.push(work.close);
    return new Registration({ ...all, work, routes: relay });
  }

  const { store, close: closeStore } = await openStore(options.store, {
    environment,
    log,
    ...given({ clock }),
  });
  closes.push(closeStore);
  const keys = await openKeys(options.keys);
  const opening: Opening = { options, shared: { ...core, store, keys }, handlers, log, record, closes };

  const add = addFlow && (await openAddFlow(addFlow, opening));
  const verify = verifyFlow && (await openVerifyFlow(verifyFlow, opening));
  const inbox = inboxSettings && (await openInbox(inboxSettings, verify?.verifyFlow, opening));
  const parts = given({ addFlow: add?.addFlow, verifyFlow: verify?.verifyFlow, inbox: inbox?.inbox });
  const work = await openWork({ ...all, store, parts: Object.values(parts) });
  closes.push(work.close);
  const routes = [...relay, ...[add, verify, inbox].flatMap((part) => part?.routes ?? [])];
  return new Registration({ ...all, ...parts, store, work, routes });
}
