"""Weekly features per article and warehouse."""

import pandas as pd

LAGS = (1, 2, 4, 8, 52)


def weekly(sales: pd.DataFrame) -> pd.DataFrame:
    table = (
        sales.groupby(["article", "warehouse", pd.Grouper(key="day", freq="W")])["pieces"]
        .sum()
        .reset_index()
    )
    groups = table.groupby(["article", "warehouse"])["pieces"]
    for lag in LAGS:
        table[f"lag_{lag}"] = groups.shift(lag)
    table["week"] = table["day"].dt.isocalendar().week.astype("int64")
    return table.dropna()
