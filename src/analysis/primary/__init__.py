"""The outcomes that the plan of the analysis names before any look (docs/analysis-plan.md).

- `primary`: its comparisons, tested as one family, with the models behind them
- `shown_family`: the family as a table
- `district_verdict`: whether districts differ in satisfaction, and which; `verdict_texts`: in words
- `standardised`: districts with the age and sex of everybody, and of their residents (secondary),
  `residents_of` the latter for any answer;
  `shown_standardised`, `mixes_note`, `resident_texts`: as a table and in words
- `compared`: the two answers of the same people on use and preference
- `designs`, `got`: whose satisfaction is compared, by what
"""

from analysis.primary.district_sentences import verdict_texts
from analysis.primary.districts import CaseMix, DistrictVerdict, district_verdict, standing
from analysis.primary.family import Primary, no_satisfaction, primary, status_of
from analysis.primary.family_table import shown_family
from analysis.primary.pair import compared
from analysis.primary.resident_sentences import (
    mixes_note,
    population_label,
    resident_texts,
    shown_standardised,
)
from analysis.primary.residents import (
    Standardised,
    no_mix,
    no_residents,
    residents_of,
    standardised,
)
from analysis.survey.planned import COMPARISONS

__all__ = [
    "COMPARISONS",
    "CaseMix",
    "DistrictVerdict",
    "Primary",
    "Standardised",
    "compared",
    "district_verdict",
    "mixes_note",
    "no_mix",
    "no_residents",
    "no_satisfaction",
    "population_label",
    "primary",
    "resident_texts",
    "residents_of",
    "shown_family",
    "shown_standardised",
    "standardised",
    "standing",
    "status_of",
    "verdict_texts",
]
