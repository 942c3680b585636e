"""Score, proposal and reasons for one loan application. The loan officer approves or refuses."""

from dataclasses import dataclass

import lightgbm as lgb
import pandas as pd
import shap

from features import FEATURES, frame

REFUSE_ABOVE = 0.14
model = lgb.Booster(model_file="models/scorecard-v7.txt")
explainer = shap.TreeExplainer(model)


@dataclass(frozen=True)
class Proposal:
    default_probability: float
    approve: bool
    rate_percent: float
    reasons: list[str]


def propose(application: dict) -> Proposal:
    x = frame(pd.DataFrame([application]))
    p = float(model.predict(x)[0])
    weights = explainer.shap_values(x)[0]
    worst = sorted(zip(weights, FEATURES), reverse=True)[:3]
    return Proposal(p, p <= REFUSE_ABOVE, 4.1 + 40 * p, [name for _, name in worst])
