import { Body, Controller, Get, Param, Post, Query, UseGuards } from '@nestjs/common';
import { CoursesService } from '../courses/courses.service.ts';
import { CurrentStaff } from '../sessions/current-visitor.decorator.ts';
import { StaffOnly } from '../sessions/signed-in.guard.ts';
import type { StaffVisitor } from '../sessions/visitor.ts';
import { StudentsService } from '../students/students.service.ts';
import { type Answer, PageWithStatus, SeeOther } from '../web/answer.ts';
import type { FieldProblem } from '../web/form-field.ts';
import { type Frame, InFrame, Notice, type SayOnce } from '../web/frame.decorator.ts';
import type { Html } from '../web/html.ts';
import { checkAchievementForm, fieldProblems, readAchievementForm } from './achievement-form.ts';
import type { AwardRecord } from './award-record.ts';
import { AwardRecords } from './award-records.ts';
import { AwardsService } from './awards.service.ts';
import { type IssuePage, issuePage } from './issue-page.ts';
import { issuedWords } from './issued-words.ts';
import {
  type NamedAward,
  staffAwardPage,
  staffAwardsPage,
  withdrawPage,
  wordToType,
} from './staff-award-pages.ts';
import { withdrawalReasons, withdrawalWords } from './withdrawal.ts';

type Form = Readonly<Record<string, unknown>>;

@Controller('staff/credentials')
@UseGuards(StaffOnly)
export class StaffAwardsController {
  constructor(
    private readonly awards: AwardsService,
    private readonly records: AwardRecords,
    private readonly students: StudentsService,
    private readonly courses: CoursesService,
  ) {}

  @Get()
  async list(@InFrame() frame: Frame): Promise<Html> {
    return staffAwardsPage(
      frame,
      (await this.records.all()).map((record) => this.named(record)),
    );
  }

  @Get('issue')
  newCredential(@InFrame() frame: Frame, @Query('student') studentId = ''): Html {
    return issuePage(frame, this.issuing({ form: { studentId }, problems: [] }));
  }

  /** Looks or issues, as the button says. What is wrong is shown beside its field, and nothing is stored. */
  @Post('issue')
  async issue(
    @InFrame() frame: Frame,
    @CurrentStaff() staff: StaffVisitor,
    @Notice() say: SayOnce,
    @Body() body: Form,
  ): Promise<Answer> {
    const form = readAchievementForm(body);
    const { achievement, problems } = checkAchievementForm(form, this.students, this.courses);
    const wrong = problems.length > 0 ? problems : fieldProblems(this.awards.check(achievement));
    if (wrong.length > 0) {
      return new PageWithStatus(422, issuePage(frame, this.issuing({ form, problems: wrong })));
    }
    if (body['step'] !== 'issue') {
      const preview = this.awards.inputOf(achievement).credential;
      return issuePage(frame, this.issuing({ form, problems: [], preview }));
    }
    const result = await this.awards.issue(achievement, {
      who: staff.id,
      runId: `form-${form.runId}`,
      reissueWithdrawn: form.reissue,
    });
    if (result.result === 'refused') {
      const refused = fieldProblems(result.problems);
      return new PageWithStatus(422, issuePage(frame, this.issuing({ form, problems: refused })));
    }
    say(issuedWords(result.result));
    return new SeeOther(`/staff/credentials/${result.awardId}`);
  }

  @Get(':awardId')
  async show(@InFrame() frame: Frame, @Param('awardId') awardId: string): Promise<Html> {
    const { record, status } = await this.awards.status(awardId);
    return staffAwardPage(frame, this.named(record), status);
  }

  @Get(':awardId/withdraw')
  async askToWithdraw(@InFrame() frame: Frame, @Param('awardId') awardId: string): Promise<Html> {
    return this.withdrawing(frame, awardId, '', []);
  }

  @Post(':awardId/withdraw')
  async withdraw(
    @InFrame() frame: Frame,
    @CurrentStaff() staff: StaffVisitor,
    @Notice() say: SayOnce,
    @Param('awardId') awardId: string,
    @Body() body: Form,
  ): Promise<Answer> {
    const problems: FieldProblem[] = [];
    const reason = withdrawalReasons.find(({ value }) => value === body['reason'])?.value;
    if (reason === undefined) problems.push({ field: 'reason', text: 'Choose a reason.' });
    if (String(body['confirmation']).trim().toLowerCase() !== wordToType) {
      problems.push({ field: 'confirmation', text: `Type the word ${wordToType}.` });
    }
    if (reason === undefined || problems.length > 0) {
      return new PageWithStatus(422, await this.withdrawing(frame, awardId, reason ?? '', problems));
    }
    const { record } = await this.awards.status(awardId);
    say(withdrawalWords(await this.awards.withdraw(record.awardId, reason, staff.id)));
    return new SeeOther(`/staff/credentials/${record.awardId}`);
  }

  private async withdrawing(
    frame: Frame,
    awardId: string,
    reason: string,
    problems: readonly FieldProblem[],
  ): Promise<Html> {
    const { record, status } = await this.awards.status(awardId);
    const inWallet = status.state === 'added' || status.behindClosedLink === 'added';
    return withdrawPage(frame, { ...this.named(record), inWallet, reason, problems });
  }

  private named(record: AwardRecord): NamedAward {
    const { studentId, courseCode } = record;
    return { record, student: this.students.get(studentId), course: this.courses.get(courseCode) };
  }

  private issuing(shown: Pick<IssuePage, 'form' | 'problems' | 'preview'>): IssuePage {
    return { ...shown, students: this.students.all(), courses: this.courses.all() };
  }
}
