import { ApiBody } from '@nestjs/swagger';
import type { CredentialType } from '@seek-pass-kit/core';
import { credentialApiSchema } from './credential-schema.ts';

/**
 * Describes the body of a route as a credential of one type, or of any, in the names of SEEK Pass. Goes with `CredentialPipe`, which
 * checks what a description cannot say.
 */
export const ApiCredentialBody = (type?: CredentialType): MethodDecorator =>
  ApiBody({ schema: credentialApiSchema(type), required: true });
