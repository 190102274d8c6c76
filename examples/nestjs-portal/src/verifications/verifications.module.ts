import { Module } from '@nestjs/common';
import { StudentsModule } from '../students/students.module.ts';
import { StaffVerificationsController } from './staff-verifications.controller.ts';
import { StudentIdentityController } from './student-identity.controller.ts';
import { VerificationHandlers } from './verification.handlers.ts';
import { VerificationRecords } from './verification-records.ts';
import { VerificationsService } from './verifications.service.ts';

@Module({
  imports: [StudentsModule],
  controllers: [StudentIdentityController, StaffVerificationsController],
  providers: [VerificationsService, VerificationRecords, VerificationHandlers],
  exports: [VerificationRecords],
})
export class VerificationsModule {}
