/**
 * `npm run bench`: every bar, measured in one run, written to bench/results.json and printed as a table.
 * `npm run bench -- add` runs the rows whose file name contains "add"; `--quick` runs all at a small size.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';

const args = process.argv.slice(2);
const quick = args.includes('--quick');
const wanted = args.filter((arg) => !arg.startsWith('--'));

const rowFiles = (await readdir(new URL('./rows/', import.meta.url)))
  .filter((file) => file.endsWith('.mjs'))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort();
if (rowFiles.length === 0) {
  console.error(`No row is named ${wanted.join(' or ')}. Leave the name out to run all.`);
  process.exit(2);
}

const results = [];
for (const file of rowFiles) {
  const rows = await import(new URL(`./rows/${file}`, import.meta.url));
  for (const measure of Object.values(rows)) {
    console.error(`measuring ${file.replace('.mjs', '')} …`);
    for (const row of await measure({ quick })) {
      const ok = row.better === 'higher' ? row.value >= row.bar : row.value <= row.bar;
      results.push({ ...row, ok, command: `npm run bench -- ${file.replace('.mjs', '')}` });
    }
  }
}

const sign = (row) => (row.better === 'higher' ? '≥' : '≤');
console.table(
  results.map((row) => ({
    bar: row.name,
    measured: `${row.value} ${row.unit}`,
    wanted: `${sign(row)} ${row.bar}`,
    ok: row.ok ? 'yes' : 'NO',
  })),
);
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, quick };
await writeFile(
  new URL('./results.json', import.meta.url),
  `${JSON.stringify({ machine, rows: results }, null, 2)}\n`,
);
process.exitCode = results.every((row) => row.ok) ? 0 : 1;
