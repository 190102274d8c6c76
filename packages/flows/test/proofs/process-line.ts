import type { FlowSettings } from './flow-settings.ts';

/** The settings that this process was started with. */
export function settingsOfProcess(): FlowSettings {
  return JSON.parse(process.env['PROOF_SETTINGS'] ?? 'null') as FlowSettings;
}

/** Tells the proof something: one line of JSON. Nothing that was said before a SIGKILL is lost, as it goes out at once. */
export function say(line: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
