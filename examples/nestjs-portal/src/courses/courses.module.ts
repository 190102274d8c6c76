import { Module } from '@nestjs/common';
import { CoursesService } from './courses.service.ts';

@Module({ providers: [CoursesService], exports: [CoursesService] })
export class CoursesModule {}
