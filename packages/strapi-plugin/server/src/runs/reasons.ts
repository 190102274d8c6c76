import type { Finding } from '@seek-pass-kit/flows/bulk';
import type { RunReason } from '../../../contract/runs.ts';
import { mappingFinding } from './run-rows.ts';

const mostExamples = 5;
/** Sentences differ by what they name; a broken file must not make a list without end. */
const mostReasons = 100;

/** Counts what was found in rows, by what it is. */
export class Reasons {
  readonly #reasons: Map<string, RunReason>;

  constructor(known: readonly RunReason[] = []) {
    this.#reasons = new Map(known.map((reason) => [nameOf(reason), reason]));
  }

  add(row: number, findings: readonly Finding[]): void {
    const seen = new Set<string>();
    for (const { severity, field, code, message, remedy } of findings) {
      const name = nameOf({ field, code, message });
      if (seen.has(name)) continue;
      seen.add(name);
      const known = this.#reasons.get(name);
      if (known === undefined && this.#reasons.size >= mostReasons) continue;
      const { rows, examples } = known ?? { rows: 0, examples: [] };
      this.#reasons.set(name, {
        ...(known ?? { severity, field, code, message, remedy }),
        rows: rows + 1,
        examples: examples.length < mostExamples ? [...examples, row] : examples,
      });
    }
  }

  /** The most frequent first. */
  list(): RunReason[] {
    return [...this.#reasons.values()].sort((one, other) => other.rows - one.rows);
  }
}

/** Messages of the flows may name another row, so their code says what they are; those of a mapping have no code of their own. */
function nameOf({ field, code, message }: Pick<Finding, 'field' | 'code' | 'message'>): string {
  return JSON.stringify(code === mappingFinding ? [field, message] : [field, code]);
}
