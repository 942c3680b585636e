// Runs the generated policies with Cedar: one request for all of them, prepared beforehand; the
// determining policies are the conclusions that hold. An attribute that is not there is an error of
// the policy. A second result asks by partial evaluation (experimental) with missing facts unknown.
#[path = "../../measure.rs"]
mod measure;

use cedar_policy::{AuthorizationError, Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request, RestrictedExpression};
use measure::{read, records, result, version, Answers};
use serde_json::Value;
use std::collections::HashSet;

fn value(stated: &Value, unit: f64) -> RestrictedExpression {
    match stated {
        Value::Bool(value) => RestrictedExpression::new_bool(*value),
        Value::String(value) => RestrictedExpression::new_string(value.clone()),
        other => RestrictedExpression::new_long((other.as_f64().expect("a number") / unit).round() as i64),
    }
}

fn requests(records: &[Value], facts: &[Value], unknowns: bool) -> Vec<Request> {
    let entity = |text: &str| text.parse::<EntityUid>().expect("an entity");
    let request = |record: &Value| {
        let pairs = facts.iter().filter_map(|fact| {
            let name = fact["name"].as_str().expect("a name");
            match record.get(name) {
                Some(stated) => Some((name.to_string(), value(stated, fact["unit"].as_f64().expect("a unit")))),
                None => unknowns.then(|| (name.to_string(), RestrictedExpression::new_unknown(name))),
            }
        });
        let context = Context::from_pairs(pairs.collect::<Vec<_>>()).expect("a context");
        Request::new(entity("Asker::\"one\""), entity("Action::\"assess\""), entity("System::\"one\""), context, None).expect("a request")
    };
    records.iter().map(request).collect()
}

fn main() {
    let rules: Value = serde_json::from_str(&read(1)).expect("rules");
    let list = |name: &str| rules[name].as_array().expect("a list").clone();
    let (facts, complete, missing) = (list("facts"), records(2), records(3));
    let mut policies = PolicySet::new();
    let mut conclusions: Vec<Vec<PolicyId>> = Vec::new();
    for conclusion in list("conclusions") {
        let mut ids = Vec::new();
        for text in conclusion["policies"].as_array().expect("policies") {
            let id = PolicyId::new(format!("{}/{}", conclusion["name"].as_str().expect("a name"), ids.len()));
            policies.add(Policy::parse(Some(id.clone()), text.as_str().expect("a policy")).expect("a policy")).expect("a policy");
            ids.push(id);
        }
        conclusions.push(ids);
    }
    let (authorizer, entities) = (Authorizer::new(), Entities::empty());
    let version = version(include_str!("../Cargo.lock"), "cedar-policy");
    // A conclusion holds if one of its policies does; without one, those left open decide.
    let words = |hold: &HashSet<PolicyId>, open: &HashSet<PolicyId>, word: &'static str| -> Answers {
        let any = |ids: &[PolicyId], set: &HashSet<PolicyId>| ids.iter().any(|id| set.contains(id));
        conclusions.iter().map(|ids| if any(ids, hold) { "true" } else if any(ids, open) { word } else { "false" }).collect()
    };

    let whole = requests(&complete, &facts, false);
    let plain = result(["cedar", version, ""], &whole, &whole, &requests(&missing, &facts, false), |request| {
        let response = authorizer.is_authorized(request, &policies, &entities);
        let hold = response.diagnostics().reason().cloned().collect();
        let failed = response.diagnostics().errors().map(|AuthorizationError::PolicyEvaluationError(each)| each.policy_id().clone()).collect();
        words(&hold, &failed, "error")
    });
    let open = requests(&missing, &facts, true);
    let partial = result(["cedar, partial evaluation", version, "timed on the records with facts missing"], &open, &whole, &open, |request| {
        let response = authorizer.is_authorized_partial(request, &policies, &entities);
        let hold = response.definitely_satisfied().map(|each| each.id().clone()).collect();
        let left = response.nontrivial_residuals().map(|each| each.id().clone()).chain(response.definitely_errored().cloned()).collect();
        words(&hold, &left, "unknown")
    });
    println!("{}", serde_json::json!([plain, partial]));
}
