"""Record what the R script recomputes of the default survey; run by hand, where R is installed.

    python tests/golden/recomputed.py

It writes recomputed.csv, and recomputed.txt: the R and the packages that made it, and the SHA-256
of the script. The data are synthetic, so numbers before they are rounded tell of nobody.
"""

import hashlib
import subprocess
from pathlib import Path

from analysis import survey, verification
from analysis.verification import recomputed

FOLDER = Path(__file__).parent


def script_sha256() -> str:
    """Return the SHA-256 of the files of the R script, one after the other."""
    parts = sorted(recomputed.SCRIPT.parent.glob("*.R"))
    return hashlib.sha256(b"".join(each.read_bytes() for each in parts)).hexdigest()


def main() -> None:
    """Write both files."""
    chosen = survey.load(survey.DEFAULT)
    table = verification.recompute(chosen)
    kept = table[~(table["rank"] > 3)]
    kept.to_csv(FOLDER / "recomputed.csv", index=False, float_format="%.10g", lineterminator="\n")
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
