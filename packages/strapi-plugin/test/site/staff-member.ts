import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/types';
import type { StaffPermission } from './start-site.ts';

/** What a route of the administration answered. */
export interface StaffAnswer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

/** Somebody who is logged in to the administration. */
export class StaffMember {
  readonly #url: string;
  /** What the administration sends with each request. */
  readonly token: string;
  /** Of the administrator in Strapi. */
  readonly id: number;
  readonly email: string;

  private constructor(url: string, token: string, user: { readonly id: number; readonly email: string }) {
    this.#url = url;
    this.token = token;
    this.id = user.id;
    this.email = user.email;
  }

  /** Somebody with every permission. */
  static async first(url: string, strapi: Core.Strapi): Promise<StaffMember> {
    const role = await strapi.service('admin::role').getSuperAdmin();
    return StaffMember.#with(url, strapi, role.id);
  }

  /** Somebody with a role made from nothing. */
  static async withRole(
    url: string,
    strapi: Core.Strapi,
    permissions: readonly StaffPermission[],
  ): Promise<StaffMember> {
    const name = `role-${randomUUID()}`;
    const role = await strapi.service('admin::role').create({ name, description: name });
    await strapi.service('admin::role').assignPermissions(
      role.id,
      permissions.map(({ action, subject = null, properties = {}, conditions = [] }) => ({
        action,
        subject,
        properties,
        conditions,
      })),
    );
    return StaffMember.#with(url, strapi, role.id);
  }

  /** The first administrator of a site in another process, who registers there. */
  static async registering(url: string): Promise<StaffMember> {
    const email = `${randomUUID()}@staff.example`;
    const answer = await fetch(`${url}/admin/register-admin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: `Aa1${randomUUID()}`, firstname: 'Ada', lastname: 'Admin' }),
    });
    const { data } = (await answer.json()) as { data: { token: string; user: { id: number } } };
    return new StaffMember(url, data.token, { id: data.user.id, email });
  }

  /** The same person at another instance of the site. */
  at(url: string): StaffMember {
    return new StaffMember(url, this.token, this);
  }

  static async #with(url: string, strapi: Core.Strapi, role: number): Promise<StaffMember> {
    const email = `${randomUUID()}@staff.example`;
    const password = `Aa1${randomUUID()}`;
    const user = await strapi.service('admin::user').create({
      email,
      password,
      firstname: 'Staff',
      lastname: 'Member',
      isActive: true,
      roles: [role],
    });
    const answer = await fetch(`${url}/admin/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const { data } = (await answer.json()) as { data: { token?: string; accessToken?: string } };
    return new StaffMember(url, data.accessToken ?? data.token ?? '', user);
  }

  /** Asks a route, `/seek-pass/…` or of Strapi itself. `Body` is what the test expects. */
  async ask<Body>(method: string, path: string, body?: unknown): Promise<StaffAnswer<Body>> {
    const answer = await fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: asJson(text) as Body };
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
