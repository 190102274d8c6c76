import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';
import type { StaffAnswer } from './staff-member.ts';
import type { Site } from './start-site.ts';

const users = 'plugin::users-permissions.user';
const permissions = 'plugin::users-permissions.permission';

/** A user of the site's front end, who registered there and is signed in. */
export class EndUser {
  readonly #url: string;
  /** What the front end sends with each request. */
  readonly token: string;
  readonly id: number;
  readonly documentId: string;

  private constructor(url: string, token: string, { id, documentId }: { id: number; documentId: string }) {
    this.#url = url;
    this.token = token;
    this.id = id;
    this.documentId = documentId;
  }

  /** Registers as anybody can, with whatever address. */
  static async registered(
    { url }: Pick<Site, 'url'>,
    email = `${randomUUID()}@learners.example`,
  ): Promise<EndUser> {
    const answer = await fetch(`${url}/api/auth/local/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: randomUUID(), email, password: `Aa1${randomUUID()}` }),
    });
    const body = (await answer.json()) as { jwt: string; user: { id: number; documentId: string } };
    if (answer.status !== 200) throw new Error(JSON.stringify(body));
    return new EndUser(url, body.jwt, body.user);
  }

  /** Asks the content API, `/api/…`, signed in. `Body` is what the test expects. */
  async ask<Body>(method: string, path: string, body?: unknown): Promise<StaffAnswer<Body>> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json().catch(() => null)) as Body,
    };
  }

  /** As staff change an account in the administration. */
  async change(strapi: Core.Strapi, data: Readonly<Record<string, unknown>>): Promise<void> {
    await strapi.db.query(users).update({ where: { id: this.id }, data });
  }

  async remove(strapi: Core.Strapi): Promise<void> {
    await strapi.db.query(users).delete({ where: { id: this.id } });
  }
}

/** Ticks an action in a role of Users & Permissions. Gives what takes it back. */
export async function allow(
  strapi: Core.Strapi,
  role: 'authenticated' | 'public',
  action: string,
): Promise<() => Promise<void>> {
  const { id } = await strapi.db.query('plugin::users-permissions.role').findOne({ where: { type: role } });
  const permission = await strapi.db.query(permissions).create({ data: { action, role: id } });
  return async () => {
    await strapi.db.query(permissions).delete({ where: { id: permission.id } });
  };
}
