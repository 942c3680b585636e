// The thirty rules of tests/bench/packs/ai-act-30.yaml in the languages of other engines, and what
// they mean by trying every completion. A conclusion is `or` over its rules, each without the
// exceptions that override it; where the law lays the proof on the operator an engine that knows no
// burden of proof says the same of complete records.
const kDay = 86_400_000;
export const dayNumber = (text) => Math.round(Date.parse(text + 'T00:00:00Z') / kDay);

// The part of the condition language that these rules use.
export function parseCondition(text) {
  const tokens = text.match(/\d{4}-\d{2}-\d{2}|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?|[a-z_][\w.]*|[<>=!]=|[<>()[\],]/gi);
  let at = 0;
  const take = (wanted) => {
    if (wanted !== undefined && tokens[at] !== wanted) throw new Error(`${text}: ${wanted} expected, not ${tokens[at]}`);
    return tokens[at++];
  };
  const junction = (word, inner) => {
    const parts = [inner()];
    while (tokens[at] === word) { take(); parts.push(inner()); }
    return parts.length === 1 ? parts[0] : { op: word, parts };
  };
  const or = () => junction('or', () => junction('and', not));
  const not = () => (tokens[at] === 'not' ? (take(), { op: 'not', part: not() }) : test());
  const test = () => {
    if (tokens[at] === '(') { take(); const inner = or(); take(')'); return inner; }
    const fact = take();
    if (tokens[at] === 'in') {
      take(); take('[');
      const members = [take()];
      while (tokens[at] === ',') { take(); members.push(take()); }
      take(']');
      return { op: 'in', fact, members };
    }
    if (!/^([<>]=?|==)$/.test(tokens[at] ?? '')) return { op: 'is', fact };
    const compare = take(), value = take();
    if (/^[a-z]/i.test(value)) return { op: 'in', fact, members: [value] };
    return { op: 'compare', fact, compare, value: /-\d\d-/.test(value) ? dayNumber(value) : Number(value.replaceAll('_', '')) };
  };
  const condition = or();
  if (at !== tokens.length) throw new Error(`${text}: ${tokens[at]} is too much`);
  return condition;
}

const all = (parts) => (parts.length === 1 ? parts[0] : { op: 'and', parts });

export function readRules(pack, asOf) {
  const facts = pack.facts.map((each) => ({ ...each, name: each.fact.replace('.', '_'), members: each.members?.map((m) => m.id) }));
  const concepts = pack.concepts.map((concept) => {
    const rules = concept.rules.filter((rule) => !rule.from || rule.from <= asOf)
      .map((rule) => ({ ...rule, overrides: [rule.overrides ?? []].flat(), condition: parseCondition(rule.when) }));
    const applies = (rule) => {
      const against = rules.filter((other) => other.overrides.includes(rule.id));
      const attack = (other) => (other.burden ? { op: 'shown', id: other.id, part: applies(other) } : applies(other));
      return all([rule.condition, ...against.map((other) => ({ op: 'not', part: attack(other) }))]);
    };
    const supporting = rules.filter((rule) => rule.overrides.length === 0).map(applies);
    return { id: concept.concept, name: concept.concept.replace('.', '_'), condition: supporting.length === 1 ? supporting[0] : { op: 'or', parts: supporting } };
  });
  return { facts, concepts };
}

const name = (id) => id.replace('.', '_');

const alternatives = (c) => (c.op === 'or' ? c.parts.flatMap(alternatives) : [c]);

// One writer for all languages that look like expressions.
function write(c, words) {
  switch (c.op) {
    case 'and': case 'or': return '(' + c.parts.map((each) => write(each, words)).join(` ${words[c.op]} `) + ')';
    case 'not': return `${words.not}(${write(c.part, words)})`;
    case 'shown': return write(c.part, words);
    case 'is': return words.fact(name(c.fact));
    case 'in': return c.members.length === 1 ? `${words.fact(name(c.fact))} ${words.equal} ${words.text(c.members[0])}`
      : (words.within ?? within)(words.fact(name(c.fact)), words.list(c.members.map(words.text)));
    case 'compare': return `${words.fact(name(c.fact))} ${c.compare} ${words.number(c.value, c.fact)}`;
  }
  throw new Error(c.op);
}
const quoted = (text) => `"${text}"`;
const within = (fact, list) => `${fact} in ${list}`;

export function toCel(rules) {
  const kinds = Object.fromEntries(rules.facts.map((f) => [f.fact, f.type]));
  const words = { and: '&&', or: '||', not: '!', equal: '==', fact: (f) => f, text: quoted, list: (l) => `[${l.join(', ')}]`,
    number: (value, fact) => (kinds[fact] === 'number' ? (String(value).match(/[.e]/) ? String(value) : value + '.0') : String(value)) };
  const types = { bool: 'bool', enum: 'string', integer: 'int', date: 'int', number: 'double' };
  return { facts: rules.facts.map((f) => ({ name: f.name, type: types[f.type] })),
    concepts: rules.concepts.map((c) => ({ name: c.name, cel: write(c.condition, words) })) };
}

// "1e+23" without an exponent, as it was written and not as a double holds it.
const digits = (value) => {
  const [, whole, part = '', power = '0'] = String(value).match(/^(\d+)(?:\.(\d+))?(?:e\+(\d+))?$/);
  return whole + part.padEnd(Number(power), '0');
};

export function toZen(rules) {
  const words = { and: 'and', or: 'or', not: 'not ', equal: '==', fact: (f) => f, text: quoted, list: (l) => `[${l.join(', ')}]`,
    number: digits };
  // A conclusion is an expression; those that it reads stand before it.
  const own = new Set(rules.concepts.map((c) => c.name));
  const inner = { ...words, fact: (f) => (own.has(f) ? `$.${f}` : f) };
  return { nodes: [
    { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
    { id: 'rules', name: 'rules', type: 'expressionNode', position: { x: 1, y: 0 }, content: { expressions: rules.concepts.map((c) => ({ id: c.name, key: c.name, value: write(c.condition, inner) })) } },
    { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } }],
  edges: [{ id: 'e1', sourceId: 'in', targetId: 'rules', type: 'edge' }, { id: 'e2', sourceId: 'rules', targetId: 'out', type: 'edge' }] };
}

export function toSql(rules) {
  const words = { and: 'and', or: 'or', not: 'not ', equal: '=', fact: (f) => f, text: (t) => `'${t}'`, list: (l) => `(${l.join(', ')})`, number: String };
  // Columns may use those before them in the same select.
  return rules.concepts.map((c) => `${write(c.condition, words)} as ${c.name}`).join(',\n  ');
}

export function toJsonLogic(rules) {
  const go = (c) => {
    switch (c.op) {
      case 'and': case 'or': return { [c.op]: c.parts.map(go) };
      case 'not': return { '!': [go(c.part)] };
      case 'shown': return go(c.part);
      case 'is': return { var: name(c.fact) };
      case 'in': return c.members.length === 1 ? { '==': [{ var: name(c.fact) }, c.members[0]] } : { in: [{ var: name(c.fact) }, c.members] };
      case 'compare': return { [c.compare]: [{ var: name(c.fact) }, c.value] };
    }
    throw new Error(c.op);
  };
  return rules.concepts.map((c) => ({ name: c.name, logic: go(c.condition) }));
}

export function toJsonRulesEngine(rules) {
  const compares = { '<': 'lessThan', '<=': 'lessThanInclusive', '>': 'greaterThan', '>=': 'greaterThanInclusive' };
  const go = (c) => {
    switch (c.op) {
      case 'and': return { all: c.parts.map(go) };
      case 'or': return { any: c.parts.map(go) };
      case 'not': return { not: go(c.part) };
      case 'shown': return go(c.part);
      case 'is': return { fact: name(c.fact), operator: 'equal', value: true };
      case 'in': return { fact: name(c.fact), operator: 'in', value: c.members };
      case 'compare': return { fact: name(c.fact), operator: compares[c.compare], value: c.value };
    }
    throw new Error(c.op);
  };
  const conditions = (c) => (c.op === 'and' || c.op === 'or' ? go(c) : { all: [go(c)] });
  return rules.concepts.map((c, i) => ({ name: c.name, priority: 1000 - i, conditions: conditions(c.condition), event: { type: c.name } }));
}

// Cedar: a policy for each alternative of a conclusion, with the conclusions that it reads written out,
// for policies know nothing of one another. Its only numbers are of 64 bits, so large ones are counted
// in a unit.
export function toCedar(rules) {
  const conditions = Object.fromEntries(rules.concepts.map((c) => [c.name, c.condition]));
  const units = Object.fromEntries(rules.facts.map((f) => [f.fact, f.fact === 'sys.compute' ? 1e18 : 1]));
  const words = { and: '&&', or: '||', not: '!', equal: '==', text: quoted, list: (l) => `[${l.join(', ')}]`, within: (fact, list) => `${list}.contains(${fact})`,
    fact: (f) => (conditions[f] ? write(conditions[f], words) : `context.${f}`), number: (value, fact) => String(Math.round(value / units[fact])) };
  return { facts: rules.facts.map((f) => ({ name: f.name, type: f.type, unit: units[f.fact] })),
    conclusions: rules.concepts.map((c) => ({ name: c.name,
      policies: alternatives(c.condition).map((each) => `permit(principal, action, resource) when { ${write(each, words)} };`) })) };
}

// Rego: a conclusion is a rule with a body for each alternative, and undefined where none holds. What
// stands below an `and` or a `not` is a rule of its own. `entry` asks for all conclusions at once.
export function toRego(rules) {
  const own = new Set(rules.concepts.map((c) => c.name)), text = [];
  const read = (fact) => (own.has(name(fact)) ? name(fact) : `input.${name(fact)}`);
  const helpers = new Map();
  const helper = (c) => {
    const key = JSON.stringify(c);
    if (!helpers.has(key)) { helpers.set(key, `part_${helpers.size + 1}`); define(helpers.get(key), c); }
    return helpers.get(key);
  };
  const line = (c) => {
    switch (c.op) {
      case 'or': return helper(c);
      case 'not': return 'not ' + (['and', 'or', 'shown', 'not'].includes(c.part.op) ? helper(c.part) : line(c.part));
      case 'shown': return line(c.part);
      case 'is': return read(c.fact);
      case 'in': return c.members.length === 1 ? `${read(c.fact)} == ${quoted(c.members[0])}` : `${read(c.fact)} in {${c.members.map(quoted).join(', ')}}`;
      case 'compare': return `${read(c.fact)} ${c.compare} ${JSON.stringify(c.value)}`;
    }
    throw new Error(c.op);
  };
  const body = (c) => (c.op === 'and' ? c.parts.flatMap(body) : c.op === 'shown' ? body(c.part) : [line(c)]);
  const define = (id, c) => { for (const each of alternatives(c)) text.push(`${id} if {\n\t${body(each).join('\n\t')}\n}\n`); };
  for (const c of rules.concepts) define(c.name, c.condition);
  const entry = rules.concepts.map((c) => `default ${c.name} := false\n`).join('') + `\nanswers := {${rules.concepts.map((c) => `"${c.name}": ${c.name}`).join(', ')}}\n`;
  return { conclusions: rules.concepts.map((c) => c.name), facts: rules.facts.map((f) => f.name), bodies: 'package act\n\n' + text.join('\n'), entry };
}

// The meaning, by trying every completion of what is stated.
export function exact(rules, record) {
  const own = Object.fromEntries(rules.concepts.map((c) => [c.id, c.condition]));
  const cuts = {};
  const collect = (c) => {
    if (c.op === 'compare') (cuts[c.fact] ??= new Set()).add(c.value);
    (c.parts ?? (c.part ? [c.part] : [])).forEach(collect);
  };
  rules.concepts.forEach((c) => collect(c.condition));
  const values = (fact) => {
    if (record[fact.name] !== undefined) return [record[fact.name]];
    if (fact.type === 'bool') return [true, false];
    if (fact.type === 'enum') return fact.members;
    const points = [...(cuts[fact.fact] ?? [])];
    const step = (x) => Math.max(1, Math.abs(x) / 1e6);
    return [...new Set(points.flatMap((x) => [x - step(x), x, x + step(x)]))];
  };
  const reads = (c, seen = new Set()) => {
    if (c.fact) { if (own[c.fact]) reads(own[c.fact], seen); else seen.add(c.fact); }
    (c.parts ?? (c.part ? [c.part] : [])).forEach((each) => reads(each, seen));
    return seen;
  };
  // Of a world that may still lack facts: undefined where it depends on them by Kleene's tables.
  const junction = (parts, decisive, world, shown) => {
    let open = false;
    for (const each of parts) {
      const value = truth(each, world, shown);
      if (value === decisive) return decisive;
      open ||= value === undefined;
    }
    return open ? undefined : !decisive;
  };
  const truth = (c, world, shown) => {
    if (c.fact && !own[c.fact] && world[c.fact] === undefined) return undefined;
    switch (c.op) {
      case 'and': return junction(c.parts, false, world, shown);
      case 'or': return junction(c.parts, true, world, shown);
      case 'not': { const value = truth(c.part, world, shown); return value === undefined ? undefined : !value; }
      case 'shown': return shown[c.id];
      case 'is': return own[c.fact] ? truth(own[c.fact], world, shown) : world[c.fact];
      case 'in': return c.members.includes(world[c.fact]);
      case 'compare': return { '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b }[c.compare](world[c.fact], c.value);
    }
    throw new Error(c.op);
  };
  const every = (condition, shown) => {
    const cone = reads(condition), found = new Set();
    const facts = rules.facts.filter((f) => cone.has(f.fact) && record[f.fact] === undefined);
    const go = (i, world) => {
      if (found.size === 2) return;
      const settled = truth(condition, world, shown);
      if (settled !== undefined) { found.add(settled); return; }
      for (const value of values(facts[i])) go(i + 1, { ...world, [facts[i].fact]: value });
    };
    go(0, record);
    return found;
  };
  const shown = {};
  const decide = (c) => {
    (c.parts ?? (c.part ? [c.part] : [])).forEach(decide);
    if (c.op !== 'shown') return;
    const found = every(c.part, shown);
    shown[c.id] = found.size === 1 && found.has(true);
  };
  rules.concepts.forEach((c) => decide(c.condition));
  return rules.concepts.map((c) => {
    const found = every(c.condition, shown);
    return found.size === 2 ? 'unknown' : String([...found][0]);
  });
}
