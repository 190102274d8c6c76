import { useBrowser, Visitor } from '@seek-pass-kit/prove/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPortal, startPortal } from './running-portal.ts';

/** A browser, a database and a portal, on a machine that may be busy. */
const patience = 120_000;

/** Somebody at the portal. */
class Guest extends Visitor {
  async signIn(name: string, as: 'student' | 'staff' = 'student'): Promise<void> {
    await this.page.goto(`${portal.url}${as === 'staff' ? '/staff' : '/credentials'}`);
    await this.press(name);
  }

  async press(name: string): Promise<void> {
    await this.go(() => this.page.getByRole('button', { name }).first().click());
  }

  async follow(name: string): Promise<void> {
    await this.go(() => this.page.getByRole('link', { name, exact: true }).first().click());
  }

  /** The card of a credential on the student's page. */
  card(title: string) {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  /** Presses "Add to SEEK Pass" for a credential, and goes over the claim page to the wallet. */
  async leaveToAdd(title: string): Promise<void> {
    await this.go(() => this.card(title).getByRole('button').click());
  }
}

const newGuest = useBrowser({ folder: 'nestjs', visitor: Guest });
let portal: RunningPortal;
beforeAll(async () => {
  portal = await startPortal();
}, patience);
afterAll(() => portal?.close(), patience);

const inWallet = async ({ page }: Guest, persona: string): Promise<void> => {
  await page.getByRole('button', { name: persona }).click();
};

test('a student adds a degree to the wallet, comes back, and sees that it was added', {
  timeout: patience,
}, async () => {
  const student = await newGuest();
  const { page } = student;
  await page.goto(portal.url);
  await student.look('01-home');
  await student.follow('My credentials');
  await student.look('02-sign-in');
  await student.press('Suharto');
  expect(await student.heading()).toBe('My credentials');
  const degree = student.card('Master of Data Science');
  expect(await degree.innerText()).toContain('Not added yet');
  await student.look('03-my-credentials');

  await student.leaveToAdd('Master of Data Science');
  expect(await student.heading()).toBe('Your credentials');
  expect(page.url()).toContain(`${portal.url}/claim/`);
  await student.picture('04-claim-page');
  const claimed = page.locator('article').filter({ hasText: 'Master of Data Science' });
  await student.go(() => claimed.getByRole('button').click());
  await page.getByRole('heading', { name: 'Log in' }).waitFor();

  // Back without having accepted: it waits.
  await page.goto(`${portal.url}/credentials`);
  expect(await degree.innerText()).toContain('Waiting for you in SEEK Pass');
  await student.leaveToAdd('Master of Data Science');
  await student.go(() => claimed.getByRole('button').click());
  await inWallet(student, 'Suharto');
  await page.getByRole('button', { name: 'Add to my wallet' }).click();
  await page.getByRole('heading', { name: 'Added to your wallet' }).waitFor();

  await expect
    .poll(
      async () => {
        await page.goto(`${portal.url}/credentials`);
        return degree.innerText();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain('It is in your SEEK Pass');
  await student.look('05-added');

  const staff = await newGuest();
  await staff.signIn('Amara Okafor', 'staff');
  // What @OnAward told the portal, which looks nowhere for its lists.
  await expect
    .poll(
      async () => {
        await staff.page.goto(`${portal.url}/staff/credentials`);
        return staff.page.getByRole('row').filter({ hasText: 'Master of Data Science' }).innerText();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain('Added');
});

test('a student declines in the wallet, and is told so', { timeout: patience }, async () => {
  const student = await newGuest();
  const { page } = student;
  await student.signIn('Suharto');
  await student.leaveToAdd('Project Management Foundations');
  const claimed = page.locator('article').filter({ hasText: 'Project Management Foundations' });
  await student.go(() => claimed.getByRole('button').click());
  await inWallet(student, 'Suharto');
  await page.getByRole('link', { name: 'Decline' }).click();
  await page.getByRole('button', { name: 'Yes, decline' }).click();
  await page.getByRole('heading', { name: 'You declined' }).waitFor();
  await expect
    .poll(
      async () => {
        await page.goto(`${portal.url}/credentials`);
        return student.card('Project Management Foundations').innerText();
      },
      { timeout: 20_000, interval: 500 },
    )
    .toContain('You said no in SEEK Pass');
});

test('security rule 23: the claim page of one student is nobody else’s, be it another student, staff in their name, or nobody at all', {
  timeout: patience,
}, async () => {
  const owner = await newGuest();
  await owner.signIn('Nguyễn Thị Minh Ánh');
  await owner.leaveToAdd('Data Analysis with SQL');
  const opened = new URL(owner.page.url()).searchParams.get('opened');
  const claimPage = `${portal.url}/claim/${opened}`;

  const other = await newGuest();
  await other.signIn('Siobhán O');
  await other.page.goto(claimPage);
  expect(await other.page.locator('body').innerText()).not.toMatch(/Minh Ánh|SQL/);
  expect(await other.page.getByRole('button', { name: 'Add to SEEK Pass' }).count()).toBe(0);
  await other.picture('06-somebody-elses');
  // The page from which it is added, by the form that the portal makes for one's own.
  await other.page.goto(`${portal.url}/credentials`);
  await other.page.evaluate(
    `document.querySelector('form[action$="/add"]').action = '/credentials/${opened}/add'`,
  );
  await other.press('Add to SEEK Pass');
  expect(await other.page.locator('body').innerText()).not.toMatch(/Minh Ánh|SQL/);

  const staff = await newGuest();
  await staff.signIn('Amara Okafor', 'staff');
  await staff.page.goto(`${portal.url}/staff/students/s1041`);
  await staff.press('See the portal as this student');
  expect(await staff.page.getByRole('button', { name: /Add/ }).count()).toBe(0);
  await staff.look('07-seen-by-staff');
  await staff.page.goto(claimPage);
  expect(await staff.page.locator('body').innerText()).not.toMatch(/Minh Ánh|SQL/);

  const nobody = await newGuest();
  await nobody.page.goto(claimPage);
  expect(await nobody.heading()).toBe('Sign in');
  await nobody.press('Nguyễn Thị Minh Ánh');
  expect(await nobody.page.locator('body').innerText()).toContain('Data Analysis with SQL');
});

test('staff is told what is wrong, looks first, issues, and withdraws with a typed word', {
  timeout: patience,
}, async () => {
  const staff = await newGuest();
  const { page } = staff;
  await page.goto(`${portal.url}/staff`);
  await staff.press('Amara Okafor');
  await staff.look('09-staff');
  await staff.follow('Issue a credential');
  await staff.press('Look at it first');
  for (const empty of ['Student', 'What was completed', 'Completed on']) {
    expect(await page.getByLabel(empty, { exact: true }).getAttribute('aria-invalid')).toBe('true');
  }
  await page.getByLabel('Student', { exact: true }).selectOption('s1044');
  await page.getByLabel('What was completed').selectOption('FAED');
  await page.getByLabel('Completed on').fill('2999-01-01');
  await page.getByLabel('Name on the credential').fill('www.example.org/prize');
  await staff.press('Issue');
  await staff.look('10-issue-problems');
  expect(await page.locator('#nameOnCredential-problem').innerText()).toContain(
    'It looks like a web address.',
  );
  await page.getByLabel('Name on the credential').fill('');
  await staff.press('Issue');
  expect(await page.locator('#completedOn-problem').innerText()).toContain('future');
  await page.getByLabel('Completed on').fill('2025-02-20');
  await staff.press('Look at it first');
  expect(await page.getByRole('region', { name: 'What SEEK Pass would be sent' }).innerText()).toContain(
    'สมชาย ใจดี',
  );
  await staff.look('11-issue-look');
  expect(portal.sandbox.control.mails.list({ to: 'somchai@learners.example' })).toEqual([]);
  await staff.press('Issue');
  expect(await page.getByRole('status').innerText()).toContain('Issued');
  await staff.look('12-credential');
  await expect
    .poll(() => portal.sandbox.control.mails.list({ to: 'somchai@learners.example' }).length, {
      timeout: 20_000,
    })
    .toBe(1);

  await staff.follow('Withdraw …');
  await page.getByLabel('Why').selectOption('issued_in_error');
  await staff.press('Withdraw');
  expect(await page.locator('#confirmation-problem').innerText()).toContain('withdraw');
  await staff.look('13-withdraw');
  expect(await page.locator('main').innerText()).toContain('A copy in a wallet cannot be recalled.');
  await page.getByLabel('Type').fill('withdraw');
  await staff.press('Withdraw');
  expect(await page.getByRole('status').innerText()).toContain('Withdrawn');
  expect(await page.locator('main').innerText()).toMatch(/Withdrawn.*Issued in error/s);

  await page.goto(`${portal.url}/staff/credentials/issue?student=s1044`);
  await page.getByLabel('What was completed').selectOption('FAED');
  await page.getByLabel('Completed on').fill('2025-02-20');
  await staff.press('Issue');
  expect(await page.locator('#reissue-problem').innerText()).toContain('withdrawn before');

  const student = await newGuest();
  await student.signIn('สมชาย');
  expect(await student.card('First Aid in an Education Setting').innerText()).toContain(
    'The university took it back',
  );
});

test('the copy in a wallet stays when staff withdraws, and staff is told', {
  timeout: patience,
}, async () => {
  const staff = await newGuest();
  const { page } = staff;
  await staff.signIn('Amara Okafor', 'staff');
  await page.goto(`${portal.url}/staff/students/s1042`);
  await staff.follow('Master of Data Science');
  await staff.follow('Withdraw …');
  expect(await page.locator('main').innerText()).toContain('changes our records and not the wallet');
  await page.getByLabel('Why').selectOption('revoked');
  await page.getByLabel('Type').fill('withdraw');
  await staff.press('Withdraw');
  expect(await page.getByRole('status').innerText()).toContain('stays there');
  expect(await page.locator('main').innerText()).toContain('A copy is in the student’s wallet');
  await staff.picture('14-withdrawn-from-wallet');
  const wallet = portal.sandbox.control.learner.wallet({ email: 'suharto@learners.example' });
  expect(wallet.map(({ credentialType }) => credentialType)).toEqual(['education']);
});

/** Signs in to the wallet as one of its people, and shares who that is. */
async function prove(person: Guest, persona: string): Promise<void> {
  const { page } = person;
  await inWallet(person, persona);
  await page.getByRole('heading', { name: 'Prove who you are' }).waitFor();
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Share' }).click();
}

test('the front desk verifies an identity: matched and not matched, told by a webhook', {
  timeout: patience,
}, async () => {
  const staff = await newGuest();
  const { page } = staff;
  await staff.signIn('Tomás Rivera', 'staff');
  const checks = [
    { persona: 'Siobhán', says: 'Thank you', state: 'Matched' },
    { persona: 'Christopher Null', says: 'The details do not fit', state: 'Not matched' },
  ];
  for (const [at, { persona, says, state }] of checks.entries()) {
    await page.goto(`${portal.url}/staff/students/s1043`);
    await staff.press('Verify identity');
    if (at === 0) await staff.look('15-front-desk');
    const link = (await page.locator('.code-link').getAttribute('href')) ?? '';
    await staff.follow('See what came of it');
    expect(await page.locator('main').innerText()).toContain('Not started yet');
    const phone = await newGuest();
    await phone.page.goto(link);
    await phone.press('Continue to SEEK Pass');
    await prove(phone, persona);
    await phone.page.getByRole('heading', { name: says }).waitFor();
    await phone.picture(`16-phone-${at + 1}`);
    // What @OnVerification wrote into the portal's own table, which this list shows.
    await page.goto(`${portal.url}/staff/verifications`);
    await expect
      .poll(
        async () => {
          await page.reload();
          return page.locator('tbody tr').first().innerText();
        },
        { timeout: 20_000, interval: 500 },
      )
      .toContain(state);
  }
  await staff.look('17-identity-checks');
  await staff.go(() => page.locator('tbody a').first().click());
  await staff.look('18-not-matched');
  const deliveries = portal.sandbox.control.webhooks.deliveries();
  expect(deliveries.length).toBeGreaterThanOrEqual(2);
  expect(portal.log()).toContain('SEEK Pass sent vwsp_request.verified');
});

test('a student confirms who they are from the portal, and comes back to it', {
  timeout: patience,
}, async () => {
  const student = await newGuest();
  await student.signIn('Suharto');
  await student.follow('My identity');
  await student.look('19-my-identity');
  await student.press('Confirm with SEEK Pass');
  await prove(student, 'Suharto');
  await student.page.waitForURL(`${portal.url}/identity`);
  expect(await student.page.locator('main').innerText()).toContain('SEEK Pass confirmed who you are');
  await student.picture('20-identity-matched');
});

test('forms without our token, pages without a sign-in and addresses without a page', {
  timeout: patience,
}, async () => {
  const forged = await fetch(`${portal.url}/staff/stop-viewing`, { method: 'POST', redirect: 'manual' });
  expect(forged.status).toBe(403);
  const closed = await fetch(`${portal.url}/staff/credentials`, { redirect: 'manual' });
  expect([closed.status, closed.headers.get('location')]).toEqual([
    303,
    '/staff/sign-in?to=%2Fstaff%2Fcredentials',
  ]);
  const student = await newGuest();
  await student.signIn('Suharto');
  const { page } = student;
  await page.goto(`${portal.url}/staff/credentials`);
  expect(await student.heading()).toBe('Staff sign-in');
  await page.goto(`${portal.url}/nowhere`);
  expect(await student.heading()).toBe('There is nothing here');
  await student.look('21-nothing-here');
  await page.goto(`${portal.url}/sign-in?to=https://elsewhere.example/`);
  await student.press('Suharto');
  expect(page.url()).toBe(`${portal.url}/credentials`);
});

test('it ends in order when it is told to, and has written no address and no token into its log', {
  timeout: patience,
}, async () => {
  const link = /claim\/[\w-]+\/[\w-]+/.exec(portal.sandbox.control.mails.list()[0]?.text ?? '')?.[0];
  expect(link).toBeDefined();
  expect(await portal.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(portal.log()).not.toMatch(/@learners\.example|Suharto|Siobh/);
  expect(portal.log()).not.toContain(link);
  expect(portal.log()).not.toMatch(/"level":"(error|fatal)"/);
});
