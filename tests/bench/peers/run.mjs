// What a user would pick instead, on the same rules and records: answers, speed, and what each says
// when facts are missing. Run by `./dev bench --peers`; packages and programs lie in build/peers.
//   node run.mjs PACK FOLDER
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
const need = createRequire(join(process.argv[3], 'npm', 'package.json'));
const { exact, readRules, toCel, toJsonLogic, toJsonRulesEngine, toSql, toZen } = await import('./rules.mjs').then((each) => each.withYaml(need('yaml').parse));

const [packFile, folder] = process.argv.slice(2);
const kAsOf = '2027-01-01', kRecords = 1000, kMissing = 15, kRuns = 5, kSeconds = 0.4;
const rules = readRules(readFileSync(packFile, 'utf8'), kAsOf);
const names = rules.concepts.map((c) => c.name);

// Mulberry32: the same records everywhere.
let state = 20261130;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const below = (n) => Math.floor(random() * n);
const kNumbers = { 'org.employees': () => below(500), 'org.turnover': () => below(101) * 1e6, 'sys.compute': () => below(100) * 10 ** (21 + below(4)),
  'sys.users': () => (below(2) ? below(200) : 9000 + below(2000)), 'sys.first_offered': () => 20400 + below(800) };
const draw = () => Object.fromEntries(rules.facts.map((f) => [f.fact,
  f.type === 'bool' ? below(4) === 0 : f.type === 'enum' ? f.members[below(f.members.length)] : kNumbers[f.fact]()]));
const complete = Array.from({ length: kRecords }, draw);
const partial = complete.map((record) => Object.fromEntries(Object.entries(record).filter(() => below(100) >= kMissing)));
const plain = (record) => Object.fromEntries(Object.entries(record).map(([fact, value]) => [fact.replace('.', '_'), value]));
const lines = (records) => records.map((each) => JSON.stringify(each)).join('\n') + '\n';

mkdirSync(folder, { recursive: true });
const file = (name, text) => { const path = join(folder, name); writeFileSync(path, text); return path; };
const completeFile = file('complete.ndjson', lines(complete.map(plain)));
const partialFile = file('partial.ndjson', lines(partial.map(plain)));

const truth = { complete: complete.map((each) => exact(rules, each)), missing: partial.map((each) => exact(rules, each)) };
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const word = (value) => (value === true ? 'true' : value === false ? 'false' : 'unknown');

// Records in a second, of synchronous work on all complete records, and the answers.
async function measure(answer) {
  const inputs = complete.map(plain), rates = [];
  for (let run = 0; run <= kRuns; ++run) {
    const start = performance.now();
    let count = 0;
    while (performance.now() - start < kSeconds * 1000 && (count === 0 || count < 1e7)) {
      for (const each of inputs) {
        await answer(each);
        if (++count % 50 === 0 && performance.now() - start > kSeconds * 3000) break;
      }
    }
    if (run > 0) rates.push(count / ((performance.now() - start) / 1000));
  }
  const answers = async (records) => { const list = []; for (const each of records) list.push(await answer(plain(each))); return list; };
  return { rate: median(rates), complete: await answers(complete), missing: await answers(partial) };
}

const version = (name) => JSON.parse(readFileSync(join(folder, 'npm', 'node_modules', name, 'package.json'), 'utf8')).version;
const engines = {
  async 'json-logic-js'() {
    const logic = need('json-logic-js'), list = toJsonLogic(rules);
    return measure((record) => {
      const data = { ...record };
      return list.map((each) => word((data[each.name] = Boolean(logic.apply(each.logic, data)))));
    });
  },
  async 'json-rules-engine'() {
    const { Engine } = need('json-rules-engine');
    const engine = new Engine([], { allowUndefinedFacts: true });
    for (const rule of toJsonRulesEngine(rules)) {
      rule.onSuccess = (event, almanac) => almanac.addRuntimeFact(rule.name, true);
      rule.onFailure = (event, almanac) => almanac.addRuntimeFact(rule.name, false);
      engine.addRule(rule);
    }
    return measure(async (record) => {
      const { events } = await engine.run(record);
      const found = new Set(events.map((each) => each.type));
      return names.map((each) => word(found.has(each)));
    });
  },
  async '@gorules/zen-engine'() {
    const { ZenEngine } = need('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(toZen(rules))));
    return measure(async (record) => {
      try {
        const { result } = await decision.evaluate(record);
        return names.map((each) => word(result[each]));
      } catch (problem) {
        if (process.env.PEERS_DEBUG) console.error(String(problem));
        return names.map(() => 'error');
      }
    });
  },
  async '@duckdb/node-api'() {
    const { DuckDBInstance } = need('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const types = { bool: 'BOOLEAN', enum: 'VARCHAR', integer: 'BIGINT', date: 'BIGINT', number: 'DOUBLE' };
    const columns = rules.facts.map((f) => `${f.name} ${types[f.type]}`).join(', ');
    const load = async (table, path) => {
      const structure = rules.facts.map((f) => `${f.name}: '${types[f.type]}'`).join(', ');
      await connection.run(`create table ${table} (id BIGINT, ${columns})`);
      await connection.run(`insert into ${table} select row_number() over (), * from read_json('${path}', format = 'newline_delimited', columns = {${structure}})`);
    };
    await load('complete', completeFile);
    await load('partial', partialFile);
    const copies = 200, rates = [];
    await connection.run(`create table many as select complete.* from complete, range(${copies})`);
    const select = (table) => `select id,\n  ${toSql(rules)}\nfrom ${table}`;
    for (let run = 0; run <= kRuns; ++run) {
      const start = performance.now();
      await connection.run(`create or replace table verdicts as select ${names.map((n) => `sum(${n}::INT) as ${n}`).join(', ')} from (${select('many')})`);
      if (run > 0) rates.push((kRecords * copies) / ((performance.now() - start) / 1000));
    }
    const answers = async (table) => (await (await connection.runAndReadAll(`${select(table)} order by id`)).getRowObjects()).map((row) => names.map((n) => word(row[n])));
    return { rate: median(rates), complete: await answers('complete'), missing: await answers('partial'), note: 'columns in memory, one thread' };
  },
};

function program(name, args) {
  const path = join(folder, name);
  if (!existsSync(path)) return null;
  return JSON.parse(execFileSync(path, args, { maxBuffer: 1 << 28 }));
}

const count = (list, wanted, test) => list.reduce((sum, each, i) => sum + each.filter((value, k) => test(value, wanted[i][k])).length, 0);
const table = [];
let disagree = 0;
function report(name, versionText, result) {
  const wrong = count(result.complete, truth.complete, (a, b) => a !== b);
  const definite = (value) => value === 'true' || value === 'false';
  const guessed = count(result.missing, truth.missing, (a, b) => definite(a) && a !== b);
  const missed = count(result.missing, truth.missing, (a, b) => !definite(a) && definite(b));
  disagree += wrong;
  table.push([name, versionText, result.rate === undefined ? '' : Math.round(result.rate).toLocaleString('en'), wrong, guessed, missed, result.note ?? '']);
  if (wrong > 0 && process.env.PEERS_DEBUG) {
    const i = result.complete.findIndex((each, k) => String(each) !== String(truth.complete[k]));
    console.error(name, names.join(' '), '\n got', result.complete[i].join(' '), '\n want', truth.complete[i].join(' '), JSON.stringify(complete[i]));
  }
}

file('rules.json', JSON.stringify(toCel(rules)));
for (const [name, run] of Object.entries(engines)) {
  if (!existsSync(join(folder, 'npm', 'node_modules', name))) { console.log(`${name}: not installed, left out`); continue; }
  report(name, version(name), await run());
}
for (const [name, args] of [['cel', [join(folder, 'rules.json'), completeFile, partialFile]]]) {
  const result = program(name, args);
  if (result === null) { console.log(`${name}: not built, left out`); continue; }
  report(result.name, result.version, result);
}
const settled = truth.missing.flat().filter((each) => each !== 'unknown').length;
console.log(`${kRecords} records of ${rules.facts.length} facts, ${names.length} conclusions each; ${kMissing} % of facts missing in the second set: ${settled} of ${kRecords * names.length} conclusions are settled nevertheless`);
console.log(`node ${process.version}, ${cpus()[0].model}, ${cpus().length} cores; median of ${kRuns} runs, one thread\n`);
const head = ['engine', 'version', 'records/s', 'wrong, complete', 'wrong, missing', 'left open though settled', ''];
const rows = [head, ...table.map((row) => row.map(String))];
const widths = head.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
for (const row of rows) console.log(row.map((cell, i) => (i < 2 || i > 5 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ').trimEnd());
if (disagree > 0) { console.error(`\n${disagree} answers on complete records differ from the meaning of the rules`); process.exit(1); }
