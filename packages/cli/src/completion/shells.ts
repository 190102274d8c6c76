import type { CompletableCommand } from './command-tree.ts';

/** The shells that completion is made for. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** A script for a shell that completes commands, options and fixed values, and files where nothing else is known. */
export function completionScript(shell: Shell, commands: readonly CompletableCommand[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(commands);
    case 'zsh':
      // zsh reads completions of bash.
      return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(commands)}`;
    case 'fish':
      return fishScript(commands);
  }
}

function bashScript(commands: readonly CompletableCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) =>
      option.values.length > 0
        ? [`    '${name} ${option.flag}') words='${option.values.join(' ')}' ;;`]
        : option.takesValue
          ? [`    '${name} ${option.flag}') return ;;`]
          : [],
    ),
  );
  const wordsOf = commands.map(
    ({ name, options, words }) =>
      `      ${name}) words='${[...words, ...options.map(({ flag }) => flag), '--help'].join(' ')}' ;;`,
  );
  return `_seek_pass() {
  local command=\${COMP_WORDS[1]} current=\${COMP_WORDS[COMP_CWORD]} former=\${COMP_WORDS[COMP_CWORD-1]} words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current"))
    return
  fi
  case "$command $former" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$command" in
${wordsOf.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _seek_pass seek-pass
`;
}

function fishScript(commands: readonly CompletableCommand[]): string {
  const lines = commands.flatMap(({ name, summary, options, words }) => {
    const inCommand = `complete -c seek-pass -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c seek-pass -n __fish_use_subcommand -f -a ${name} -d ${fishText(summary)}`,
      ...(words.length > 0 ? [`${inCommand} -f -a '${words.join(' ')}'`] : []),
      ...options.map(({ flag, description, takesValue, values }) => {
        const value = values.length > 0 ? ` -x -a '${values.join(' ')}'` : takesValue ? ' -r' : '';
        return `${inCommand} -l ${flag.slice(2)}${value} -d ${fishText(description)}`;
      }),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function fishText(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
