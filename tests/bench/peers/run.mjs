// What a user would pick instead, on the same rules and records: answers, speed, and what each says
// when facts are missing. Run by `./dev bench --peers`; packages and programs lie in build/peers.
//   node run.mjs PACK FOLDER PANDECT_BENCH
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { engines, kColumnCopies, kLineCopies, kRuns } from './engines.mjs';
import { draw, kMissing, kRecords, plain, system } from './records.mjs';
import { exact, readRules, toCedar, toCel, toRego } from './rules.mjs';

const [packFile, folder, bench] = process.argv.slice(2);
const load = createRequire(join(folder, 'npm', 'package.json'));
const kAsOf = '2027-01-01';
const rules = readRules(load('yaml').parse(readFileSync(packFile, 'utf8')), kAsOf);
const names = rules.concepts.map((c) => c.name);
const records = draw(rules);
const truth = { complete: records.complete.map((each) => exact(rules, each)), missing: records.missing.map((each) => exact(rules, each)) };

const file = (name, text) => { const path = join(folder, name); writeFileSync(path, text); return path; };
const lines = (list) => list.join('\n') + '\n';
const number = (i) => String(i).padStart(8, '0');
const systems = (list, copies = 1) => lines(Array.from({ length: list.length * copies }, (_, i) => system(rules, list[i % list.length], number(i))));
const plainFiles = [file('complete.ndjson', lines(records.complete.map((each) => JSON.stringify(plain(each))))),
  file('missing.ndjson', lines(records.missing.map((each) => JSON.stringify(plain(each)))))];
const files = { complete: file('systems.ndjson', systems(records.complete)), missing: file('systems-missing.ndjson', systems(records.missing)),
  many: file('systems-many.ndjson', systems(records.complete, kLineCopies)) };

// This engine's answers are rows of `pandect batch`.
function ourselves({ version, kernel, names: ids, columns, lines: fromLines, kleene, exact }) {
  const place = new Map(ids.map((id, i) => [id, i]));
  const order = rules.concepts.map((c) => place.get(c.id));
  const words = (rows) => rows.map(({ holds, unknown }) => rules.concepts.map((c) => (holds.includes(c.id) ? 'true' : unknown.includes(c.id) ? 'unknown' : 'false')));
  const rate = ({ records, seconds, holds }) => ({ rate: records / seconds, records, holds: order.map((i) => holds[i]) });
  return [
    { name: 'Pandect', version, columns: rate(columns), lines: rate(fromLines), complete: words(kleene.complete), missing: words(kleene.missing), note: `columns in memory, ${kernel}` },
    { name: 'Pandect --exact', version, rate: exact.row_rate, complete: words(exact.complete), missing: words(exact.missing), note: 'NDJSON to rows, the records with facts missing' }];
}

// Programs that print as JSON a result or a list of them.
const written = (name, value) => file(name, JSON.stringify(value));
const programs = {
  'cel-go': () => [join(folder, 'cel'), written('cel.json', toCel(rules)), ...plainFiles],
  opa: () => [join(folder, 'opa'), written('rego.json', toRego(rules)), ...plainFiles],
  regorus: () => [join(folder, 'regorus'), written('rego.json', toRego(rules)), ...plainFiles],
  cedar: () => [join(folder, 'cedar'), written('cedar.json', toCedar(rules)), ...plainFiles],
  Pandect: () => [bench, 'peer', kAsOf, files.complete, files.missing, files.many, String(kColumnCopies)],
};
function results(name, path, args) {
  if (!existsSync(path)) { console.log(`${name}: not built, left out`); return []; }
  try {
    const printed = JSON.parse(execFileSync(path, args, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
    return name === 'Pandect' ? ourselves(printed) : [printed].flat();
  } catch (problem) {
    if (name === 'Pandect') throw problem;
    console.log(`${name}: failed, left out (${problem.message})`);
    return [];
  }
}

const definite = (value) => value === 'true' || value === 'false';
const prohibited = names.indexOf('act_prohibited');
const table = [];
// What was timed must have come to the answers given.
function held({ name, complete }, { records: count, holds }) {
  names.forEach((_, k) => {
    const among = (end) => complete.slice(0, end).filter((each) => each[k] === 'true').length;
    if (holds[k] !== Math.floor(count / kRecords) * among(kRecords) + among(count % kRecords)) throw new Error(`${name}: ${names[k]} was timed with other answers`);
  });
}
function report(result) {
  const pairs = (got, wanted, test) => got.reduce((sum, each, i) => sum + each.filter((value, k) => test(value, wanted[i][k])).length, 0);
  for (const each of [result.columns, result.lines]) if (each) held(result, each);
  if (result.complete.length !== kRecords || result.missing.length !== kRecords) throw new Error(`${result.name}: not an answer for each record`);
  table.push({ ...result, rate: result.columns?.rate ?? result.rate,
    wrong: pairs(result.complete, truth.complete, (a, b) => a !== b),
    guessed: pairs(result.missing, truth.missing, (a, b) => definite(a) && a !== b),
    open: pairs(result.missing, truth.missing, (a, b) => !definite(a) && definite(b)),
    unseen: result.missing.filter((each, i) => truth.complete[i][prohibited] === 'true' && each[prohibited] === 'false').length });
  const i = result.complete.findIndex((each, k) => String(each) !== String(truth.complete[k]));
  if (i >= 0 && process.env.PEERS_DEBUG)
    console.error(result.name, names.join(' '), '\n got', result.complete[i].join(' '), '\n want', truth.complete[i].join(' '), JSON.stringify(records.complete[i]));
}

for (const [name, run] of Object.entries(engines)) {
  const about = join(folder, 'npm', 'node_modules', name, 'package.json');
  if (!existsSync(about)) { console.log(`${name}: not installed, left out`); continue; }
  report({ name, version: JSON.parse(readFileSync(about, 'utf8')).version, ...await run({ rules, records, files, load }) });
}
for (const [name, command] of Object.entries(programs)) {
  const [path, ...args] = command();
  results(name, path, args).forEach(report);
}

function print(head, rows) {
  const all = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i].length)));
  const left = (i) => i < 2 || head[i] === '';
  for (const row of all) console.log(row.map((cell, i) => (left(i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd());
}
const figure = (value) => (value === undefined ? '' : Math.round(value).toLocaleString('en'));
const ratio = (value, other) => (value && other ? (value / other).toLocaleString('en', { maximumSignificantDigits: 2 }) : '');
const of = (name) => table.find((each) => each.name === name);

const settled = truth.missing.flat().filter(definite).length;
console.log(`${kRecords} records of ${rules.facts.length} facts, ${names.length} conclusions each; ${kMissing} % of facts missing in the second set: ${settled} of ${kRecords * names.length} conclusions are settled nevertheless, ${truth.complete.filter((each) => each[prohibited] === 'true').length} systems are prohibited`);
console.log(`node ${process.version}, ${cpus()[0].model}, ${cpus().length} cores; medians of ${kRuns} runs, records a second of processor time\n`);
table.sort((a, b) => (a.rate ?? 0) - (b.rate ?? 0));
print(['engine', 'version', 'records/s', 'x cel-go', 'x DuckDB', 'complete: wrong', 'missing: wrong', 'open though settled', 'prohibited unseen', ''],
  table.map((each) => [each.name, each.version, figure(each.rate), ratio(each.rate, of('cel-go')?.rate), ratio(each.rate, of('DuckDB SQL')?.rate),
    each.wrong, each.guessed, each.open, each.unseen, each.note ?? '']));
console.log(`\nfrom ${kRecords * kLineCopies} lines of NDJSON in a file to verdicts`);
print(['engine', 'version', 'records/s', 'x DuckDB'],
  table.filter((each) => each.lines).map((each) => [each.name, each.version, figure(each.lines.rate), ratio(each.lines.rate, of('DuckDB SQL')?.lines.rate)]));
const disagree = table.reduce((sum, each) => sum + each.wrong, 0);
if (disagree > 0) { console.error(`\n${disagree} answers on complete records differ from the meaning of the rules`); process.exit(1); }
