/** The portal's own tables. A portal of yours has its own migrations; these two tables are all that the example needs. */
export const schema = `
CREATE SCHEMA IF NOT EXISTS portal;
CREATE TABLE IF NOT EXISTS portal.awards (
  key text PRIMARY KEY,
  student_id text NOT NULL,
  course_code text NOT NULL,
  completed_on text NOT NULL,
  name_on_credential text NOT NULL,
  with_honours boolean NOT NULL,
  award_id text NOT NULL UNIQUE,
  state text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS portal.verifications (
  verification_id text PRIMARY KEY,
  student_id text NOT NULL,
  started_by text NOT NULL,
  state text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  changed_at timestamptz NOT NULL DEFAULT now()
);
`;
