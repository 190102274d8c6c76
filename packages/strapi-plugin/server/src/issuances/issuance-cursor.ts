import { errors } from '@strapi/utils';

/** A place in the list: awards of one millisecond are ordered by id. */
export interface IssuancePosition {
  readonly createdAt: number;
  readonly id: string;
}

/** The name of a place, for addresses. */
export function cursorOf({ createdAt, id }: IssuancePosition): string {
  return `${createdAt}.${id}`;
}

/** @throws {ValidationError} for what no page gave out. */
export function positionOf(cursor: string): IssuancePosition {
  const [, createdAt, id] = /^(\d{1,16})\.([\w-]{1,64})$/.exec(cursor) ?? [];
  if (createdAt === undefined || id === undefined)
    throw new errors.ValidationError('This page of the list does not exist. Go back to its beginning.');
  return { createdAt: Number(createdAt), id };
}
