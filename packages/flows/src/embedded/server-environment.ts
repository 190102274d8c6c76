/** What a program needs to find its tools, its libraries, temporary files and the time. */
const needed =
  /^(PATH|HOME|TZ|TMPDIR|TEMP|TMP|LANG|LC_.+|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH|SYSTEMROOT|WINDIR)$/i;

/**
 * The environment of the server's programs. It leaves out everything else of ours: secrets are handed over in environments, and the
 * server outlives this process and may belong to another user of the machine, who can read its environment.
 */
export function serverEnvironment(own: Readonly<Record<string, string>>): Record<string, string | undefined> {
  const ours = Object.entries(process.env).filter(([name]) => needed.test(name));
  return { ...Object.fromEntries(ours), ...own };
}
