import type { Registration } from './registration.ts';

/** The registrations of an application that is not made yet. */
interface Group {
  readonly opened: Registration[];
  failed: boolean;
}

const groups = new WeakMap<object, Group>();

/**
 * Opens a registration of an application. Where one fails, the application is not made, and Nest calls no hook of what is there already: the
 * others are ended here, or their connections would keep a process that handles the failure itself (`abortOnError: false`).
 *
 * @param application anything that each application has one of.
 */
export async function openTogether(
  application: object,
  open: () => Promise<Registration>,
): Promise<Registration> {
  const group = groups.get(application) ?? { opened: [], failed: false };
  groups.set(application, group);
  try {
    const registration = await open();
    group.opened.push(registration);
    return registration;
  } catch (error) {
    group.failed = true;
    throw error;
  } finally {
    if (group.failed) await Promise.all(group.opened.splice(0).map((one) => one.onApplicationShutdown()));
  }
}

/** Tells that an application is made: Nest ends its registrations now. One that is loaded later and fails ends no other. */
export function applicationIsMade(application: object): void {
  groups.delete(application);
}
