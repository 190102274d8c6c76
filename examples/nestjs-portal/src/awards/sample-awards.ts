import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Achievement, awardKey } from './award-record.ts';
import { AwardRecords } from './award-records.ts';
import { AwardsService } from './awards.service.ts';
import { StudentsService } from '../students/students.service.ts';

type Sample = Pick<Achievement, 'studentId' | 'courseCode' | 'completedOn'> & { readonly withHonours?: true };

const samples: readonly Sample[] = [
  { studentId: 's1041', courseCode: 'BCOM', completedOn: '2025-07-11', withHonours: true },
  { studentId: 's1041', courseCode: 'SQL2', completedOn: '2025-06-27' },
  { studentId: 's1042', courseCode: 'MDSC', completedOn: '2025-07-11' },
  { studentId: 's1042', courseCode: 'PMF1', completedOn: '2025-03-14' },
  { studentId: 's1043', courseCode: 'BNUR', completedOn: '2024-12-13' },
  { studentId: 's1043', courseCode: 'FAED', completedOn: '2025-02-20' },
];

/** Issues what the made-up students earned, once: what staff corrects or withdraws stays so. Leave it out of a portal of yours. */
@Injectable()
export class SampleAwards implements OnApplicationBootstrap {
  readonly #log = new Logger(SampleAwards.name);

  constructor(
    private readonly awards: AwardsService,
    private readonly records: AwardRecords,
    private readonly students: StudentsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const known = new Set((await this.records.all()).map(({ key }) => key));
    for (const sample of samples.filter((one) => !known.has(awardKey(one)))) {
      const { fullName } = this.students.get(sample.studentId);
      const achievement = { withHonours: false, ...sample, nameOnCredential: fullName };
      const result = await this.awards.issue(achievement, { who: 'system', runId: 'sample' });
      if (result.result === 'refused') {
        this.#log.warn(`The sample ${result.key} was not issued.`);
      }
    }
  }
}
