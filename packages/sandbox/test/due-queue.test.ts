import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueQueue } from '../src/world/due-queue.ts';

const numRuns = process.env['PROVE'] === 'full' ? 10_000 : 200;

test('gives each thing once, in the order of its time, as soon as it is due and not before', () => {
  const steps = fc.array(fc.oneof(fc.record({ add: fc.nat(100) }), fc.record({ take: fc.nat(100) })), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(steps, (made) => {
      const queue = new DueQueue<number>((time) => time);
      let waiting: number[] = [];
      for (const step of made) {
        if ('add' in step) {
          queue.add(step.add);
          waiting.push(step.add);
          continue;
        }
        const due = waiting.filter((time) => time <= step.take).sort((a, b) => a - b);
        waiting = waiting.filter((time) => time > step.take);
        expect(queue.takeDue(step.take)).toEqual(due);
      }
    }),
    { numRuns },
  );
});
