/** The licences of everything that a published package brings along must be on the list. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { root } from './set-up.mjs';

const allowed = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'PostgreSQL',
]);

/**
 * Whether an SPDX expression of names, AND, OR and brackets lets us ship the package: one side of an OR is enough, an AND wants
 * both. Anything else, such as a WITH, is for a person to judge and refused here.
 */
export function isAllowed(expression) {
  const words = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const one = () => {
    const word = words[at++];
    if (word !== '(') return allowed.has(word);
    const inside = either();
    return words[at++] === ')' && inside;
  };
  const both = () => {
    let result = one();
    while (words[at] === 'AND') {
      at += 1;
      result = one() && result;
    }
    return result;
  };
  const either = () => {
    let result = both();
    while (words[at] === 'OR') {
      at += 1;
      result = both() || result;
    }
    return result;
  };
  return words.length > 0 && either() && at === words.length;
}

function main() {
  const listing = ['licenses', 'list', '--prod', '--json', '--filter', './packages/*'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 };
  const byLicence = JSON.parse(execFileSync('node_modules/.bin/pnpm', listing, options));
  const entries = Object.entries(byLicence);
  for (const [licence, packages] of entries) {
    if (isAllowed(licence)) continue;
    for (const { name, versions } of packages) {
      console.error(
        `${name} ${versions.join(', ')} is "${licence}", which is not on the list: choose another package.`,
      );
    }
    process.exitCode = 1;
  }
  console.log(
    `${entries.flatMap(([, packages]) => packages).length} runtime dependencies: ${Object.keys(byLicence).join(', ')}`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
