export { seekPassConfig, seekPassConfigOf } from './client-configuration.ts';
export { seekPassIssuingConfig, seekPassIssuingConfigOf } from './issuing-configuration.ts';
export type { ClientConfiguration } from './client-configuration.ts';
export type { IssuingConfiguration } from './issuing-configuration.ts';
