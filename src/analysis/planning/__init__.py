"""How many people a survey needs: power of its tests, width of its intervals, spread of places.

Shares lie between 0 and 1, and so do differences of shares. `alpha` is the two-sided level of a
test. Each function below is in the module that the import names.
"""

from analysis.planning._allocating import ALLOCATIONS, allocate, precision
from analysis.planning._independent_power import newcombe_power, two_shares_power
from analysis.planning._paired_closed import closed_effect, closed_n, closed_power, discordant_ends
from analysis.planning._paired_power import (
    mcnemar_power,
    shift_interval_power,
    shift_interval_width,
)
from analysis.planning._solving import least_effect, smallest_n
from analysis.planning._spread_power import (
    equal_spread_power,
    simulated_spread_power,
    spread_information,
    spread_power,
)
from analysis.planning._widths import share_power, share_width, with_weights

__all__ = [
    "ALLOCATIONS",
    "allocate",
    "closed_effect",
    "closed_n",
    "closed_power",
    "discordant_ends",
    "equal_spread_power",
    "least_effect",
    "mcnemar_power",
    "newcombe_power",
    "precision",
    "share_power",
    "share_width",
    "shift_interval_power",
    "shift_interval_width",
    "simulated_spread_power",
    "smallest_n",
    "spread_information",
    "spread_power",
    "two_shares_power",
    "with_weights",
]
