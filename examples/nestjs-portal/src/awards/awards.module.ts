import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/courses.module.ts';
import { StudentsModule } from '../students/students.module.ts';
import { AwardHandlers } from './award.handlers.ts';
import { AwardRecords } from './award-records.ts';
import { AwardsService } from './awards.service.ts';
import { SampleAwards } from './sample-awards.ts';
import { StaffAwardsController } from './staff-awards.controller.ts';
import { StudentAwardsController } from './student-awards.controller.ts';

@Module({
  imports: [StudentsModule, CoursesModule],
  controllers: [StudentAwardsController, StaffAwardsController],
  providers: [AwardsService, AwardRecords, AwardHandlers, SampleAwards],
  exports: [AwardsService, AwardRecords],
})
export class AwardsModule {}
