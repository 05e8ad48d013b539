"""Two waves of one instrument compared: two surveys, or two waves of one survey.

- `two_surveys`, `two_waves`: read them, and find the questions that both asked alike
- `compare`: changes of shares, of the step from use to preference, of satisfaction, of districts
  and of themes; `hidden` decides on channels, for all tables
- `sentences`, `headings`, `drawn`: in words and as figures
- `questions`: what differs between two codebooks; `alignment`: two waves in one language
"""

from analysis.waves.comparison import Comparison, compare
from analysis.waves.loading import Pair, Wave, two_surveys, two_waves
from analysis.waves.questions import Agreement, agreements, differences

__all__ = [
    "Agreement",
    "Comparison",
    "Pair",
    "Wave",
    "agreements",
    "compare",
    "differences",
    "two_surveys",
    "two_waves",
]
