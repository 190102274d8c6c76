import { Argument, type Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { Shell } from '../completion/shells.ts';
import { groups } from './groups.ts';

/** `seek-pass completion`: what a shell needs to complete the rest of a command. */
export function addCompletionCommand(program: Command, { terminal }: CommandContext): void {
  program
    .command('completion')
    .helpGroup(groups.setUp)
    .summary('print what your shell needs to complete commands')
    .description('Prints a script that makes your shell complete the commands and options of seek-pass.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  seek-pass completion bash >> ~/.bashrc
  seek-pass completion zsh >> ~/.zshrc
  seek-pass completion fish > ~/.config/fish/completions/seek-pass.fish`,
    )
    .action(async (shell: Shell) => {
      const [{ commandTree }, { completionScript }] = await Promise.all([
        import('../completion/command-tree.ts'),
        import('../completion/shells.ts'),
      ]);
      terminal.write(completionScript(shell, commandTree(program)));
    });
}
