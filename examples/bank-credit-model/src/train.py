"""Trains the scorecard on loans of 2018 to 2024."""

import lightgbm as lgb
import pandas as pd
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

from features import FEATURES, frame


def main(path: str = "data/loans.parquet") -> None:
    loans = pd.read_parquet(path)
    x_train, x_test, y_train, y_test = train_test_split(
        frame(loans), loans["default_12m"], test_size=0.2, random_state=7
    )
    model = lgb.LGBMClassifier(
        n_estimators=600,
        num_leaves=31,
        learning_rate=0.03,
        monotone_constraints=[-1 if f in ("income_monthly", "employment_months") else 0 for f in FEATURES],
    )
    model.fit(x_train, y_train)
    print("AUC", roc_auc_score(y_test, model.predict_proba(x_test)[:, 1]))
    model.booster_.save_model("models/scorecard-v7.txt")


if __name__ == "__main__":
    main()
