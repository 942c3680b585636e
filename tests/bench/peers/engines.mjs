// The engines that come as packages of npm. Each gives its rate and its answers to both sets of
// records; DuckDB its rates from columns and from NDJSON, with how often each conclusion held there.
import { toJsonLogic, toJsonRulesEngine, toSql, toZen } from './rules.mjs';
import { kRecords, plain } from './records.mjs';

export const kRuns = 5, kSeconds = 0.4;
// DuckDB and Pandect are timed on so many copies of the records.
export const kColumnCopies = 1000, kLineCopies = 100;

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const word = (value) => (value === true ? 'true' : value === false ? 'false' : 'unknown');

// Processor time of this process, in seconds.
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

// Records in a second, one after the other, and the answers.
async function measure(records, answer) {
  const inputs = records.complete.map(plain), rates = [];
  for (let run = 0; run <= kRuns; ++run) {
    const begin = performance.now(), start = spent();
    let count = 0;
    while (performance.now() - begin < kSeconds * 1000) await answer(inputs[count++ % inputs.length]);
    if (run > 0) rates.push(count / (spent() - start));
  }
  const answers = async (list) => { const all = []; for (const each of list) all.push(await answer(plain(each))); return all; };
  return { rate: median(rates), complete: await answers(records.complete), missing: await answers(records.missing) };
}

export const engines = {
  async 'json-logic-js'({ rules, records, load }) {
    const logic = load('json-logic-js'), list = toJsonLogic(rules);
    return measure(records, (record) => {
      const data = { ...record };
      return list.map((each) => word((data[each.name] = Boolean(logic.apply(each.logic, data)))));
    });
  },
  async 'json-rules-engine'({ rules, records, load }) {
    const { Engine } = load('json-rules-engine');
    const engine = new Engine([], { allowUndefinedFacts: true });
    for (const rule of toJsonRulesEngine(rules)) {
      rule.onSuccess = (event, almanac) => almanac.addRuntimeFact(rule.name, true);
      rule.onFailure = (event, almanac) => almanac.addRuntimeFact(rule.name, false);
      engine.addRule(rule);
    }
    return measure(records, async (record) => {
      const { events } = await engine.run(record);
      const found = new Set(events.map((each) => each.type));
      return rules.concepts.map((c) => word(found.has(c.name)));
    });
  },
  async '@gorules/zen-engine'({ rules, records, load }) {
    const { ZenEngine } = load('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(toZen(rules))));
    return measure(records, async (record) => {
      try {
        const { result } = await decision.evaluate(record);
        return rules.concepts.map((c) => word(result[c.name]));
      } catch (problem) {
        if (process.env.PEERS_DEBUG) console.error(String(problem));
        return rules.concepts.map(() => 'error');
      }
    });
  },
  async '@duckdb/node-api'({ rules, files, load }) {
    const { DuckDBInstance } = load('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    const types = { bool: 'BOOLEAN', enum: 'VARCHAR', integer: 'BIGINT', date: 'DATE', number: 'DOUBLE' };
    const structure = rules.facts.map((f) => `'${f.fact}': '${types[f.type]}'`).join(', ');
    const columns = rules.facts.map((f) => (f.type === 'date' ? `"${f.fact}" - DATE '1970-01-01'` : `"${f.fact}"`) + ` as ${f.name}`).join(', ');
    const lines = (path) => `(select id, ${columns} from read_json('${path}', format = 'newline_delimited', columns = {'id': 'VARCHAR', ${structure}}))`;
    const select = (source) => `select id,\n  ${toSql(rules)}\nfrom ${source}`;
    const counts = rules.concepts.map((c) => `sum(${c.name}::INT) as ${c.name}`).join(', ');
    const rate = async (source, count) => {
      const rates = [];
      for (let run = 0; run <= kRuns; ++run) {
        const start = spent();
        await connection.run(`create or replace table verdicts as select ${counts} from (${select(source)})`);
        if (run > 0) rates.push(count / (spent() - start));
      }
      const [row] = await (await connection.runAndReadAll('select * from verdicts')).getRowObjects();
      return { rate: median(rates), records: count, holds: rules.concepts.map((c) => Number(row[c.name])) };
    };
    const answers = async (path) => (await (await connection.runAndReadAll(`${select(lines(path))} order by id`)).getRowObjects())
      .map((row) => rules.concepts.map((c) => word(row[c.name])));
    // In the order of the file, over and over: like neighbours would be guessed right by the processor.
    await connection.run(`create table many as select each.* from ${lines(files.complete)} each, range(${kColumnCopies}) copy order by copy.range, id`);
    return { name: 'DuckDB SQL', columns: await rate('many', kRecords * kColumnCopies), lines: await rate(lines(files.many), kRecords * kLineCopies),
      complete: await answers(files.complete), missing: await answers(files.missing), note: 'columns in memory' };
  },
};
