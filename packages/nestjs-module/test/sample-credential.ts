/** What every made-up learner of these tests earned. */
export const sampleCredential = {
  credential_type: 'microcredential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    issuer_name: 'Example University',
    microcredential_name: 'Underwater Welding, Level 2',
    issue_date: '2026-02-20',
  },
} as const;
