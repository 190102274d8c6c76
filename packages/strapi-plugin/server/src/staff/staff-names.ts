import type { Core } from '@strapi/types';

const staff = /^strapi:(\d+)$/;

/** How `who` of flows is called for staff: the name of the administrator; others, such as `system` and `learner`, stay as they are. */
export type NameOf = (who: string) => string;

/** Finds the names of the administrators among these, in one query. Of one that is gone the number stays. */
export async function staffNames(strapi: Core.Strapi, whos: Iterable<string>): Promise<NameOf> {
  const ids = [...new Set(whos)].flatMap((who) => {
    const id = staff.exec(who)?.[1];
    return id === undefined ? [] : [Number(id)];
  });
  const found: unknown =
    ids.length === 0
      ? []
      : await strapi.db.query('admin::user').findMany({
          where: { id: { $in: ids } },
          select: ['id', 'firstname', 'lastname', 'username'],
        });
  const names = new Map((found as readonly StoredName[]).map((user) => [`strapi:${user.id}`, nameOf(user)]));
  return (who) => names.get(who) ?? (staff.test(who) ? `#${staff.exec(who)?.[1] ?? ''}` : who);
}

interface StoredName {
  readonly id: number;
  readonly firstname: string | null;
  readonly lastname: string | null;
  readonly username: string | null;
}

function nameOf({ id, firstname, lastname, username }: StoredName): string {
  const full = [firstname, lastname].filter((part) => part !== null && part !== '').join(' ');
  return full === '' ? (username ?? `#${id}`) : full;
}
