"""The outcomes that the plan of the analysis names before any look (docs/analysis-plan.md).

- `primary`: its comparisons, tested as one family, with the models behind them
- `district_verdict`: whether districts differ in satisfaction, and which
- `designs`, `pair`, `got`: whose answers are compared
"""

from analysis.primary.districts import CaseMix, DistrictVerdict, district_verdict, standing
from analysis.primary.family import COMPARISONS, Primary, no_satisfaction, primary

__all__ = [
    "COMPARISONS",
    "CaseMix",
    "DistrictVerdict",
    "Primary",
    "district_verdict",
    "no_satisfaction",
    "primary",
    "standing",
]
