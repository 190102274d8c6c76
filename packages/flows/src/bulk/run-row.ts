import type { AwardInput } from '../awards/award-input.ts';
import type { Finding } from './finding.ts';

/** A row of a run: of a file, an entry of a content management system, or a row that a host has kept. */
export interface RunRow {
  /** Its place in the run, from 1. */
  readonly row: number;
  /** The issuer's own name for the award. */
  readonly key: string;
  /** Absent when its findings keep it from being issued. */
  readonly input: AwardInput | undefined;
  readonly findings: readonly Finding[];
}
