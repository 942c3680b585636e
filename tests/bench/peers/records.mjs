// The systems that every engine is asked about: drawn alike everywhere, complete, and the same with
// facts missing.
import { dayNumber } from './rules.mjs';

export const kRecords = 1000, kMissing = 15;

export function draw(rules) {
  let state = 20261130;  // Mulberry32
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(random() * n);
  const numbers = { 'org.employees': () => below(500), 'org.turnover': () => below(101) * 1e6, 'sys.compute': () => below(100) * 10 ** (21 + below(4)),
    'sys.users': () => (below(2) ? below(200) : 9000 + below(2000)), 'sys.first_offered': () => 20400 + below(800) };
  const one = () => Object.fromEntries(rules.facts.map((f) => [f.fact,
    f.type === 'bool' ? below(4) === 0 : f.type === 'enum' ? f.members[below(f.members.length)] : numbers[f.fact]()]));
  const complete = Array.from({ length: kRecords }, one);
  const missing = complete.map((record) => Object.fromEntries(Object.entries(record).filter(() => below(100) >= kMissing)));
  return { complete, missing };
}

// For engines whose names have no dots and that know no dates: days since 1970.
export const plain = (record) => Object.fromEntries(Object.entries(record).map(([fact, value]) => [fact.replace('.', '_'), value]));

// As a line of NDJSON that states dates as dates.
export function system(rules, record, id) {
  const dates = rules.facts.filter((f) => f.type === 'date' && record[f.fact] !== undefined);
  return JSON.stringify({ id, ...record, ...Object.fromEntries(dates.map((f) => [f.fact, dayText(record[f.fact])])) });
}
const dayText = (day) => new Date(day * 86_400_000).toISOString().slice(0, 10);
if (dayNumber(dayText(20400)) !== 20400) throw new Error('days do not come back');
