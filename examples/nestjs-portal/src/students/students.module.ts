import { Module } from '@nestjs/common';
import { StudentsService } from './students.service.ts';

@Module({ providers: [StudentsService], exports: [StudentsService] })
export class StudentsModule {}
