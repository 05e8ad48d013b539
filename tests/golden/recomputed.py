"""Record what the R script recomputes of the default survey; run by hand, where R is installed.

    python tests/golden/recomputed.py

It writes recomputed.csv, recomputed_small.csv and published_small.csv (of small surveys drawn from
the default one, whose notebooks it runs; some minutes), and recomputed.txt: the R and the packages
that made them, and the SHA-256 of the script. The data are synthetic, so numbers before they are
rounded tell of nobody.
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from analysis import paths, survey, verification
from analysis.report import findings
from analysis.verification import recomputed

FOLDER = Path(__file__).parent

#: How many replies the small surveys have, and the seeds that they are drawn with: few used each
#: channel, so that channels are in no model (2); age is in no model of video chat, and districts
#: do not differ at all (9).
REPLIES, SEEDS = 180, (2, 9)


def script_sha256() -> str:
    """Return the SHA-256 of the files of the R script, one after the other."""
    parts = sorted(recomputed.SCRIPT.parent.glob("*.R"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in parts)).hexdigest()


def small_surveys() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw small surveys, run their notebooks, and return their headlines and those of R."""
    sys.path.insert(0, str(FOLDER.parent))
    from run_surveys import run_in_process
    from variants import write_variant

    published, own = [], []
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as name:
            raw, out = Path(name) / "raw", Path(name) / "out"
            drawn = f"drawn_{seed}"
            write_variant(survey.DEFAULT, raw, drawn, replies=REPLIES, seed=seed)
            paths.RAW, paths.RAW_ELSEWHERE = raw, None
            stopped = run_in_process(drawn, out)
            if stopped:
                raise SystemExit(f"{drawn} stopped: {stopped}")
            paths.PROCESSED = out / "data" / "processed"
            this = survey.load(drawn)
            published.append(findings.read_findings(this).assign(survey=drawn))
            own.append(recomputed.recompute(this).assign(survey=drawn))
            paths.RAW, paths.PROCESSED = paths.ROOT / "data/raw", paths.ROOT / "data/processed"
    return pd.concat(published), pd.concat(own)


def _write(table: pd.DataFrame, name: str) -> None:
    how = {"index": False, "float_format": "%.10g", "lineterminator": "\n"}
    table.to_csv(FOLDER / name, **how)


def main() -> None:
    """Write all files."""
    table = verification.recompute(survey.load(survey.DEFAULT))
    _write(table[~(table["rank"] > 3)], "recomputed.csv")
    published, own = small_surveys()
    _write(published, "published_small.csv")
    _write(own[~(own["rank"] > 3)], "recomputed_small.csv")
    asked = ", ".join(f'"{each}"' for each in recomputed.PACKAGES)
    code = (
        'cat(R.version.string, "\\n"); '
        f'for (p in c({asked})) cat(p, as.character(packageVersion(p)), "\\n")'
    )
    made = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True)
    lines = [line.strip() for line in made.stdout.splitlines()]
    text = "\n".join([*lines, f"script {script_sha256()}", ""])
    (FOLDER / "recomputed.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
