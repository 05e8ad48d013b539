"""Headlines recomputed by an R script that is written apart, and compared row by row.

- `verify`: run it, compare, keep the outcome in docs/verify-r.csv and docs/verify-r.md
- `differ`, `lines_of`: whether a row differs, and the outcome for a terminal
- `compare`: the comparison alone; `recompute`: the script alone
"""

from analysis.verification.comparison import compare
from analysis.verification.outcomes import differ, lines_of, verify
from analysis.verification.recomputed import recompute

__all__ = ["compare", "differ", "lines_of", "recompute", "verify"]
