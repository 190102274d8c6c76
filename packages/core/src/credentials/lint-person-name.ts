import { finding, type LintCode, type LintFinding, type LintSeverity } from './lint-finding.ts';

/** What a person should look at in a name. Most names that look odd to a program are right: nothing here is an error. */
export function nameFindings(name: string): LintFinding[] {
  const found: LintFinding[] = [];
  const add = (code: LintCode, severity: LintSeverity, message: string, remedy: string): void => {
    found.push(finding('full_name', code, severity, message, remedy));
  };
  const mixture = mixedScripts(name);
  if (mixture !== undefined) {
    add('mixed_scripts', mixture, 'mixes writing systems', 'Check that each letter is what it looks like.');
  }
  const cased = name.match(/[\p{Lu}\p{Ll}]/gu)?.join('') ?? '';
  if (cased.length > 3 && (cased === cased.toUpperCase() || cased === cased.toLowerCase())) {
    add(
      'name_case',
      'info',
      'is all in capitals or all in small letters',
      'Write it as on the official document.',
    );
  }
  if (/[\p{Nd}<>{}[\]\\|=;]/u.test(name) || placeholder.test(name.trim())) {
    add('unlikely_name', 'warning', 'does not look like a name', 'Check the source of this record.');
  }
  return found;
}

const placeholder =
  /^(null|undefined|nan|n\/?a|none|unknown|test( (user|student|learner|name))?|[^\p{L}]+)$/iu;

/** Scripts that names are written in. Chinese, Japanese and Korean names use several, so these count as one. */
function namedScripts(): readonly RegExp[] {
  return [
    'Latin Cyrillic Greek Armenian Arabic Hebrew Thai Lao Khmer Myanmar Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Georgian Ethiopic'.split(
      ' ',
    ),
    [['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo'].join('}\\p{sc=')],
  ]
    .flat()
    .map((script) => new RegExp(`[\\p{sc=${script}}]`, 'u'));
}

// Marked pure like the patterns of titles: a bundler leaves them out of a program that does not lint.
const scripts = /* @__PURE__ */ namedScripts();

/** Letters of these can be taken for one another: Latin, Cyrillic, Greek, Armenian. */
const lookAlikes = /* @__PURE__ */ scripts.slice(0, 4);

function countScripts(text: string, among: readonly RegExp[]): number {
  return among.filter((script) => script.test(text)).length;
}

/**
 * `warning` where a name can be a disguise: two scripts in one word, or two scripts with look-alike letters. `info` for a name written
 * twice, as `Tan Wei 陈伟`.
 */
function mixedScripts(name: string): 'warning' | 'info' | undefined {
  if (countScripts(name, scripts) < 2) return undefined;
  const inOneWord = name.split(/[^\p{L}\p{M}]+/u).some((word) => countScripts(word, scripts) > 1);
  return inOneWord || countScripts(name, lookAlikes) > 1 ? 'warning' : 'info';
}
