"""Trains on everything but the last eight weeks and writes order proposals."""

import sys

import pandas as pd
import xgboost as xgb

from .features import LAGS, weekly

COLUMNS = ["week", *(f"lag_{lag}" for lag in LAGS)]
SAFETY_STOCK = 1.15


def main(path: str) -> None:
    table = weekly(pd.read_parquet(path))
    cut = table["day"].max() - pd.Timedelta(weeks=8)
    past, coming = table[table["day"] <= cut], table[table["day"] > cut].copy()
    model = xgb.XGBRegressor(n_estimators=300, max_depth=6, objective="count:poisson")
    model.fit(past[COLUMNS], past["pieces"])
    coming["order"] = (model.predict(coming[COLUMNS]) * SAFETY_STOCK).round().astype("int64")
    coming[["article", "warehouse", "day", "order"]].to_csv(sys.stdout, index=False)


if __name__ == "__main__":
    main(sys.argv[1])
