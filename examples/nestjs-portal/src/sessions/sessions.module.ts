import { Module } from '@nestjs/common';
import { StudentsModule } from '../students/students.module.ts';
import { SignInController } from './sign-in.controller.ts';
import { ViewingController } from './viewing.controller.ts';

@Module({ imports: [StudentsModule], controllers: [SignInController, ViewingController] })
export class SessionsModule {}
