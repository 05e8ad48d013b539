"""Surveys of very many replies: cleaned part by part, here, in processes or on a cluster.

- `clean`: from the raw files to the responses, whatever the parts are cleaned on
- `collect`: the same, counted: the distinct combinations of some answers (`patterns.Patterns`);
  `count_file` counts responses that are written, which need not fit into memory
- `ENGINES`: on what parts can be cleaned
- `run_here`, `run_in_processes`, `cores`: how a function is run on parts of any kind,
  such as thousands of open answers
"""

from analysis.engine._cleaning import clean
from analysis.engine._collecting import collect, count_file
from analysis.engine._executors import ENGINES, cores, run_here, run_in_processes

__all__ = [
    "ENGINES",
    "clean",
    "collect",
    "cores",
    "count_file",
    "run_here",
    "run_in_processes",
]
