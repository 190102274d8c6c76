/** What the exit code of `seek-pass` says. Documented on the page "Command line". */
export const exitCodes = {
  /** Everything that was asked for is done. */
  ok: 0,
  /** The file has problems, or not everything that was asked for could be done. */
  problemsFound: 1,
  /** Wrong usage, a wrong setting, or a file that cannot be read. Nothing was sent, or the run stopped at once. */
  wrongUsage: 2,
  /** A person has to say a word before it goes on: confirm a number of awards, look at the first mails, type what is to be undone. */
  wordNeeded: 3,
  /** A bug of ours. */
  unexpected: 70,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
