import { proof, type ProofRun } from '@seek-pass-kit/prove';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditVerdict } from '../../src/audit/verify-audit.ts';

/** A value of a trail, as tests see it. A list of numbers is that of the positions of a link. */
export type TrailValue = string | number | bigint | boolean | Uint8Array | readonly number[] | null;

/** One value of one row of a trail. */
export interface TrailCell {
  readonly table: string;
  readonly name: string;
  /** Position of a line, number of a link. */
  readonly key: number;
}

/** The tables of an issuer's trail, for somebody who may do everything in the database. */
export interface ChangeableTrail {
  /** Every column of every table that the trail is made of. */
  readonly columns: readonly Pick<TrailCell, 'table' | 'name'>[];
  /** The rows of the issuer, ascending. */
  keysOf(table: string): Promise<readonly number[]>;
  valueOf(cell: TrailCell): Promise<TrailValue>;
  /** Says how to put it back; `undefined`: the database does not take such a value. */
  change(cell: TrailCell, value: TrailValue): Promise<(() => Promise<void>) | undefined>;
  verify(): Promise<AuditVerdict>;
}

/** Other values in the place of one; `n` is any number from 0. */
function othersOf(value: TrailValue, n: number): readonly TrailValue[] {
  if (typeof value === 'string') {
    const at = n % Math.max(1, value.length);
    const letter = String.fromCharCode(33 + (n % 90));
    return [
      `${value} `,
      `${value.slice(0, at)}${letter}${value.slice(at + 1)}`,
      value.toUpperCase(),
      '',
      null,
    ];
  }
  if (typeof value === 'number')
    return [value + n + 1_000, value - 1, BigInt(value) ^ (1n << BigInt(n % 52))];
  if (typeof value === 'boolean') return [!value];
  if (value instanceof Uint8Array) {
    const flipped = Uint8Array.from(value, (byte, at) => (at === n % value.length ? byte ^ 1 : byte));
    return [flipped, value.slice(1), Uint8Array.of(...value, 0), new Uint8Array(), null];
  }
  if (Array.isArray(value)) return [[...value, n], value.slice(1), value.with(0, n)];
  // Of nothing, something.
  return ['education', 7, true, Uint8Array.of(1)];
}

const plain = (value: TrailValue) =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);

/** Tests that no value of an intact trail can be changed unnoticed. `name`: of the proof; `columns`: how many there are at least. */
export function anyChangeIsDetected(
  { name, columns }: { readonly name: string; readonly columns: number },
  open: () => ChangeableTrail,
): void {
  async function tryChanges({ size, seed }: ProofRun): Promise<void> {
    const trail = open();
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(99), fc.nat(9), fc.nat(1_000), async (column, row, how, n) => {
        const place = trail.columns[column % trail.columns.length] ?? { table: '', name: '' };
        const keys = await trail.keysOf(place.table);
        const cell = { ...place, key: keys[row % keys.length] ?? 0 };
        const value = await trail.valueOf(cell);
        const others = othersOf(value, n);
        const other = others[how % others.length] ?? null;
        fc.pre(plain(other) !== plain(value));
        const putBack = await trail.change(cell, other);
        fc.pre(putBack !== undefined);
        const { intact } = await trail.verify();
        await putBack?.();
        tried += 1;
        const change = `${cell.table}.${cell.name} := ${plain(other)}`;
        expect({ change, intact }).toEqual({ change, intact: false });
      }),
      { seed, numRuns: size },
    );
    expect(tried).toBe(size);
    expect((await trail.verify()).intact).toBe(true);
  }

  test('the trail of this proof is intact before and after', async () => {
    expect((await open().verify()).intact).toBe(true);
  });

  proof(name, { small: 60, full: 2_000 }, tryChanges);

  test('every column of these tables is tried', () => {
    expect(open().columns.length).toBeGreaterThanOrEqual(columns);
  });
}
