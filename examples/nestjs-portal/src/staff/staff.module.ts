import { Module } from '@nestjs/common';
import { AwardsModule } from '../awards/awards.module.ts';
import { CoursesModule } from '../courses/courses.module.ts';
import { StudentsModule } from '../students/students.module.ts';
import { VerificationsModule } from '../verifications/verifications.module.ts';
import { StaffController } from './staff.controller.ts';

@Module({
  imports: [StudentsModule, CoursesModule, AwardsModule, VerificationsModule],
  controllers: [StaffController],
})
export class StaffModule {}
