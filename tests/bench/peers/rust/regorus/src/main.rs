// Runs the generated rules with regorus, on inputs parsed beforehand: by its interpreter, and by its
// virtual machine from a compiled program. The policy is the one that Open Policy Agent gets.
#[path = "../../measure.rs"]
mod measure;

use measure::{read, records, result, version, Answers};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

const ENTRY: &str = "data.act.answers";

fn inputs(index: usize) -> Vec<Value> {
    records(index).iter().map(|each| Value::from_json_str(&each.to_string()).expect("an input")).collect()
}

fn words(conclusions: &[String], found: Result<Value, String>) -> Answers {
    match found {
        Ok(answers) => conclusions
            .iter()
            .map(|name| match &answers[name.as_str()] {
                Value::Bool(true) => "true",
                Value::Bool(false) => "false",
                _ => "error",
            })
            .collect(),
        Err(_) => vec!["error"; conclusions.len()],
    }
}

fn main() {
    let rules: serde_json::Value = serde_json::from_str(&read(1)).expect("rules");
    let text = |name: &str| rules[name].as_str().expect("text").to_string();
    let conclusions: Vec<String> =
        rules["conclusions"].as_array().expect("conclusions").iter().map(|each| each.as_str().expect("a name").to_string()).collect();
    let (complete, missing) = (inputs(2), inputs(3));

    let version = version(include_str!("../Cargo.lock"), "regorus");
    let mut engine = Engine::new();
    engine.add_policy("act.rego".to_string(), text("bodies") + &text("entry")).expect("a policy");
    let compiled = engine.compile_with_entrypoint(&Rc::from(ENTRY)).expect("a compiled policy");
    let program = Compiler::compile_from_policy(&compiled, &[ENTRY]).expect("a program");
    let mut machine = RegoVM::new();
    machine.load_program(program);

    let interpreter = result(["regorus, interpreter", version, ""], &complete, &complete, &missing, |input| {
        engine.set_input(input.clone());
        words(&conclusions, engine.eval_rule(ENTRY.to_string()).map_err(|why| why.to_string()))
    });
    let vm = result(["regorus, virtual machine", version, ""], &complete, &complete, &missing, |input| {
        machine.set_input(input.clone());
        words(&conclusions, machine.execute_entry_point_by_name(ENTRY).map_err(|why| why.to_string()))
    });
    println!("{}", serde_json::json!([interpreter, vm]));
}
