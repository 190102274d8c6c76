import { HttpException, Injectable, type PipeTransform } from '@nestjs/common';
import {
  type Credential,
  type CredentialOf,
  type CredentialType,
  InvalidPayloadError,
  type Problem,
  validate,
} from '@seek-pass-kit/core';
import { httpAnswer } from '../errors/http-answer.ts';

/**
 * Takes a body only when it is a credential that SEEK Pass takes, of one type or of any: `@Body(new CredentialPipe('microcredential'))`.
 * Otherwise the answer is 422 with every problem (`code`, `path`, `message`, `remedy`), none of which holds a value.
 */
@Injectable()
export class CredentialPipe<T extends CredentialType = CredentialType>
  implements PipeTransform<unknown, CredentialOf<T>>
{
  readonly #type: T | undefined;

  constructor(type?: T) {
    this.#type = type;
  }

  transform(value: unknown): CredentialOf<T> {
    const problems = problemsOf(value, this.#type);
    if (problems.length === 0) return value as CredentialOf<T>;
    const error = new InvalidPayloadError(problems);
    const body = httpAnswer(error)?.body;
    throw new HttpException({ ...body }, body?.statusCode ?? 422, { cause: error });
  }
}

function problemsOf(value: unknown, type: CredentialType | undefined): readonly Problem[] {
  if (type !== undefined && isObject(value) && typeOf(value) !== type) {
    return [
      {
        path: 'credential_type',
        code: 'not_one_of',
        message: `is not ${type}`,
        remedy: `Send a credential of type ${type}.`,
      },
    ];
  }
  // A body without fields would be judged as a whole request to SEEK Pass.
  return validate(isObject(value) ? { fields: undefined, ...value } : value).problems;
}

function isObject(value: unknown): value is Partial<Credential> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const typeOf = ({ credential_type }: Partial<Credential>): unknown => credential_type;
