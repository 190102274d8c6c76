/** The credential every row sends: a short course, as the documentation of SEEK Pass describes one. */
export const credential = {
  credential_type: 'microcredential',
  fields: {
    full_name: 'Nguyễn Thị Lan',
    issuer_name: 'Example University',
    microcredential_name: 'Data Analysis with Spreadsheets',
    issue_date: '2026-10-30',
    assessment_result: '87%',
  },
};

/** @param {string | number} id */
export const envelope = (id) => ({
  id: `bench-${id}`,
  credential_type: 'microcredential',
  document_type: 'none',
  data: { credential: credential.fields },
});
