import type { Command } from 'commander';

/** What a shell completes: the commands, their options, and the values an option takes. */
export interface CompletableCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletableOption[];
  /** Its parts, and fixed words that it takes as its argument. */
  readonly words: readonly string[];
}

/** One option of a command. */
export interface CompletableOption {
  /** `--json` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values there are, when they are fixed. */
  readonly values: readonly string[];
}

/** Reads the commands of the program, so that the completion never differs from the help. */
export function commandTree(program: Command): CompletableCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: optionsOf(command),
    words: [
      ...command.commands.map((part) => part.name()),
      ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ],
  }));
}

/** Those of its parts too, each once. */
function optionsOf(command: Command): CompletableOption[] {
  const options = [command, ...command.commands].flatMap((part) => part.options);
  const byFlag = new Map(options.map((option) => [option.long, option]));
  return [...byFlag.values()].flatMap(({ long, description, required, optional, argChoices }) =>
    typeof long === 'string'
      ? [{ flag: long, description, takesValue: required || optional, values: argChoices ?? [] }]
      : [],
  );
}
