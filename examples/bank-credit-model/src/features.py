"""신청자 특성. 성별, 출신 지역, 학교, 종교와 그 대리 변수는 쓰지 않는다."""

import pandas as pd

FEATURES = [
    "income_monthly",
    "employment_months",
    "debt_total",
    "debt_service_ratio",
    "delinquency_24m",
    "inquiries_6m",
    "account_age_months",
]
FORBIDDEN = {"sex", "birth_region", "school", "religion", "postcode", "nationality"}


def frame(applications: pd.DataFrame) -> pd.DataFrame:
    used = FORBIDDEN & set(applications.columns)
    if used:
        applications = applications.drop(columns=sorted(used))
    return applications[FEATURES].astype("float64")
