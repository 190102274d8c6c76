import { Injectable, NotFoundException } from '@nestjs/common';
import type { Course } from './course.ts';
import { sampleCourses } from './sample-courses.ts';

/** What is taught here. Replace it with a client of your course catalogue. */
@Injectable()
export class CoursesService {
  all(): readonly Course[] {
    return sampleCourses;
  }

  find(code: string): Course | undefined {
    return sampleCourses.find((course) => course.code === code);
  }

  /** @throws {NotFoundException} */
  get(code: string): Course {
    const course = this.find(code);
    if (course === undefined) throw new NotFoundException('There is no such course.');
    return course;
  }
}
