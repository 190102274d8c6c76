import { SeekPass } from '@seek-pass-kit/core';
import { HandlerBook } from '../handlers/handler-book.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { openLog } from '../logging/open-log.ts';
import { clientOptions } from './client-options.ts';
import { given } from './given.ts';
import { namedError } from './named-error.ts';
import { openAddFlow } from './open-add-flow.ts';
import { openInbox } from './open-inbox.ts';
import { openKeys } from './open-keys.ts';
import { openRelay } from './open-relay.ts';
import { openStore } from './open-store.ts';
import { openVerifyFlow } from './open-verify-flow.ts';
import type { Opening } from './opening.ts';
import { Registration } from './registration.ts';

/**
 * Opens what the options of a registration name, and nothing else: the flows are loaded only when one is wanted.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the registration and the setting.
 */
export async function openRegistration(name: string, options: SeekPassModuleOptions): Promise<Registration> {
  const closes: Opening['closes'] = [];
  const close = async () => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  try {
    return await open(name, options, closes, close);
  } catch (error) {
    await close();
    throw namedError(name, error);
  }
}

async function open(
  name: string,
  options: SeekPassModuleOptions,
  closes: Opening['closes'],
  close: () => Promise<void>,
): Promise<Registration> {
  const { issuer = name, environment, clock, random, addFlow, verifyFlow, webhooks } = options;
  const seekPass = new SeekPass(clientOptions(options));
  closes.push(() => seekPass.close());
  const handlers = new HandlerBook();
  if (addFlow === undefined && verifyFlow === undefined && webhooks === undefined) {
    return new Registration({ name, seekPass, handlers, log: () => undefined, routes: [], close });
  }

  const log = await openLog(name, options.logger);
  const core = { issuer, environment, seekPass, ...given({ clock, random }) };
  const relay = webhooks?.withoutInbox === undefined ? [] : await openRelay(webhooks, { shared: core, log });
  const inboxSettings = webhooks?.withoutInbox === undefined ? webhooks : undefined;
  if (addFlow === undefined && verifyFlow === undefined && inboxSettings === undefined) {
    return new Registration({ name, seekPass, handlers, log, routes: relay, close });
  }

  const { store, close: closeStore } = await openStore(options.store, environment);
  closes.push(closeStore);
  const keys = await openKeys(options.keys);
  const shared = { ...core, store, keys };
  const opening: Opening = { options, shared, handlers, log, closes };

  const add = addFlow && (await openAddFlow(addFlow, opening));
  const verify = verifyFlow && (await openVerifyFlow(verifyFlow, opening));
  const inbox = inboxSettings && (await openInbox(inboxSettings, verify?.verifyFlow, opening));
  const routes = [...relay, ...[add, verify, inbox].flatMap((part) => part?.routes ?? [])];
  return new Registration({
    name,
    seekPass,
    store,
    ...given({ addFlow: add?.addFlow, verifyFlow: verify?.verifyFlow, inbox: inbox?.inbox }),
    handlers,
    log,
    routes,
    close,
  });
}
