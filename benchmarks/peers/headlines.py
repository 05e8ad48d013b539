"""Run the R peer: `python benchmarks/peers/headlines.py FILE`; the work is all in headlines.R."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import common


def main() -> None:
    """Write the codebook for R, run it, and pass on what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "codebook.json"
        book.write_text(json.dumps(common.codebook()), encoding="utf-8")
        script = Path(__file__).with_name("headlines.R")
        command = ["Rscript", str(script), sys.argv[1], str(book), str(os.cpu_count())]
        subprocess.run(command, check=True, env=os.environ | {"LC_ALL": "C.UTF-8"})


if __name__ == "__main__":
    main()
