export { ApiCredentialBody } from './api-credential-body.decorator.ts';
export { ApiSeekPassErrors } from './api-seek-pass-errors.decorator.ts';
