// What the Rust peers share: records from a file of lines, the clock, and the result as JSON.
use serde_json::{json, Value};
use std::time::{Duration, Instant};

pub type Answers = Vec<&'static str>;

fn argument(index: usize) -> String {
    std::env::args().nth(index).expect("usage: PROGRAM RULES COMPLETE MISSING")
}

pub fn read(index: usize) -> String {
    let path = argument(index);
    std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"))
}

pub fn records(index: usize) -> Vec<Value> {
    read(index).lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

// Processor time of this process, which has one thread, in seconds.
fn spent() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("/proc/self/schedstat");
    text.split(' ').next().and_then(|each| each.parse::<f64>().ok()).expect("a time") / 1e9
}

// Records in a second: the middle of five runs after one that does not count.
fn rate<Record>(records: &[Record], evaluate: &mut impl FnMut(&Record) -> Answers) -> f64 {
    let mut rates: Vec<f64> = (0..6)
        .map(|_| {
            let (begin, start, mut count) = (Instant::now(), spent(), 0);
            while begin.elapsed() < Duration::from_millis(400) {
                std::hint::black_box(evaluate(&records[count % records.len()]));
                count += 1;
            }
            count as f64 / (spent() - start)
        })
        .skip(1)
        .collect();
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

pub fn result<Record>(
    about: [&str; 3],
    timed: &[Record],
    complete: &[Record],
    missing: &[Record],
    mut evaluate: impl FnMut(&Record) -> Answers,
) -> Value {
    json!({
        "name": about[0], "version": about[1], "note": about[2],
        "rate": rate(timed, &mut evaluate),
        "complete": complete.iter().map(&mut evaluate).collect::<Vec<_>>(),
        "missing": missing.iter().map(&mut evaluate).collect::<Vec<_>>(),
    })
}

// The version of a package that a Cargo.lock names.
pub fn version<'lock>(lock: &'lock str, package: &str) -> &'lock str {
    let head = format!("name = \"{package}\"\nversion = \"");
    lock.split(&head).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("?")
}
