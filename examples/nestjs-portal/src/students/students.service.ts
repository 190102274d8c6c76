import { Injectable, NotFoundException } from '@nestjs/common';
import { sampleStudents } from './sample-students.ts';
import type { Student } from './student.ts';

/** Who studies here. Replace it with a client of your student record system. */
@Injectable()
export class StudentsService {
  all(): readonly Student[] {
    return sampleStudents;
  }

  find(id: string): Student | undefined {
    return sampleStudents.find((student) => student.id === id);
  }

  /** @throws {NotFoundException} */
  get(id: string): Student {
    const student = this.find(id);
    if (student === undefined) throw new NotFoundException('There is no such student.');
    return student;
  }
}
