"""Run the R peer: `python benchmarks/peers/headlines.py FILE`; the work is all in headlines.R.

It needs the packages data.table, stringi, jsonlite, ordinal, survey, mvtnorm, lme4 and numDeriv.
What is simpler there than in our notebooks: a phrase behind "Other" counts though a word denies it
or it stands inside a longer one (as with the peers in Python); the shifts are tested by Stuart and
Maxwell's and Bhapkar's statistics and not by swaps; the spread between districts is integrated by
Laplace's method; districts are drawn together by a logistic model with a random intercept, without
the chances of their ranks; nothing is hidden or rounded for disclosure.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import common


def main() -> None:
    """Write the codebook for R, and run it; its output is ours."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "codebook.json"
        book.write_text(json.dumps(common.codebook()), encoding="utf-8")
        script = Path(__file__).with_name("headlines.R")
        command = ["Rscript", str(script), sys.argv[1], str(book), str(os.cpu_count())]
        subprocess.run(command, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"})


if __name__ == "__main__":
    main()
