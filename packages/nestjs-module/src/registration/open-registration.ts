import { ConfigurationError, SeekPass, SeekPassError } from '@seek-pass-kit/core';
import type { AddFlow, Inbox, KeyPort, VerifyFlow } from '@seek-pass-kit/flows';
import { HandlerBook } from '../handlers/handler-book.ts';
import type { SeekPassModuleOptions } from '../seek-pass-module-options.ts';
import { openMail } from './open-mail.ts';
import { openStore } from './open-store.ts';
import { Registration, type ServedRoute } from './registration.ts';

/**
 * Opens what the options of a registration name, and nothing else: the flows are loaded only when one is wanted.
 *
 * @throws {ConfigurationError} `invalid_configuration`, naming the registration and the setting.
 */
export async function openRegistration(name: string, options: SeekPassModuleOptions): Promise<Registration> {
  const closes: Array<() => Promise<void>> = [];
  const close = async () => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  try {
    return await open(name, options, closes, close);
  } catch (error) {
    await close();
    if (SeekPassError.is(error) && error.code === 'invalid_configuration') {
      throw new ConfigurationError(`SeekPassModule '${name}': ${error.message}`);
    }
    throw error;
  }
}

async function open(
  name: string,
  options: SeekPassModuleOptions,
  closes: Array<() => Promise<void>>,
  close: () => Promise<void>,
): Promise<Registration> {
  const { issuer = name, brand, defaultLocale, store: storeSetting, keys: keySetting } = options;
  const { addFlow, claimPages, verifyFlow, webhooks, ...client } = withoutShared(options);
  const seekPass = new SeekPass(client);
  closes.push(() => seekPass.close());
  const handlers = new HandlerBook();
  if (addFlow === undefined && verifyFlow === undefined && webhooks === undefined) {
    return new Registration({ name, seekPass, handlers, routes: [], close });
  }

  const { createAddFlow, createInbox, createVerifyFlow } = await import('@seek-pass-kit/flows');
  const { environment, clientId } = options;
  const store = await openStore(storeSetting, environment);
  closes.push(store.close);
  const keys = await openKeys(keySetting);
  const timing = given({ clock: options.clock, random: options.random });
  const shared = { issuer, seekPass, environment, store: store.store, keys, ...timing };
  const looks = { brand: required('brand', brand), ...given({ defaultLocale }) };

  const parts: { addFlow?: AddFlow; verifyFlow?: VerifyFlow; inbox?: Inbox } = {};
  const routes: ServedRoute[] = [];
  if (addFlow !== undefined) {
    const mail = await openMail(addFlow.mail);
    closes.push(mail.close);
    const flow = createAddFlow({ ...addFlow, ...shared, ...looks, clientId, mail: mail.mail });
    await flow.start();
    parts.addFlow = flow;
    if (claimPages !== undefined) {
      const handler = flow.claimPages(claimPages === true ? {} : claimPages);
      routes.push(routeAt(addFlow.claimBaseUrl, handler));
    }
    if (addFlow.documents?.baseUrl !== undefined) {
      routes.push(routeAt(addFlow.documents.baseUrl, flow.documents()));
    }
  }
  if (verifyFlow !== undefined) {
    const flow = createVerifyFlow({ ...verifyFlow, ...shared, ...looks });
    await flow.start();
    parts.verifyFlow = flow;
    routes.push(routeAt(verifyFlow.callbackBaseUrl, flow.pages()));
  }
  if (webhooks !== undefined) {
    const verify = parts.verifyFlow;
    const inbox = createInbox({
      ...webhooks,
      ...shared,
      handlers: verify === undefined ? {} : { verify: verify.inboxHandler },
    });
    await inbox.start();
    closes.push(async () => inbox.close());
    parts.inbox = inbox;
    routes.push(routeAt(webhooks.receiverUrl, inbox.receiver()));
  }
  return new Registration({ name, seekPass, store: store.store, ...parts, handlers, routes, close });
}

function routeAt(url: string, handler: ServedRoute['handler']): ServedRoute {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname.replace(/\/$/, ''), handler };
}

async function openKeys(setting: KeyPort | string | undefined): Promise<KeyPort> {
  const keys = required('keys', setting);
  if (typeof keys !== 'string') return keys;
  const { keyRingFromText } = await import('@seek-pass-kit/flows');
  return keyRingFromText(keys);
}

function required<Value>(setting: string, value: Value | undefined): Value {
  if (value !== undefined) return value;
  throw new ConfigurationError(`${setting} is missing: the flows need it.`);
}

/** What is the client's, and the parts. */
function withoutShared(options: SeekPassModuleOptions) {
  const {
    issuer: _issuer,
    brand: _brand,
    defaultLocale: _locale,
    store: _store,
    keys: _keys,
    ...rest
  } = options;
  return rest;
}

/** Without what is `undefined`. */
function given<Options extends object>(options: Options): { [K in keyof Options]?: NonNullable<Options[K]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof Options]?: NonNullable<Options[K]>;
  };
}
