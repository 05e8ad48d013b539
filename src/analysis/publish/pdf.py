"""The report as one PDF, printed by a browser; the project itself holds no printer."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from analysis import files
from analysis.errors import SurveyError
from analysis.publish import printing

#: The file of the PDF, beside the pages.
NAME = "report.pdf"

#: Programs that print alike, in the order in which they are looked for.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
            "microsoft-edge", "msedge")  # fmt: skip

#: Seconds that a browser may take to print once; it takes ten to twenty.
PATIENCE = 300

#: A document says where its pages begin when it is printed, so it is printed once to learn that,
#: once with the numbers in its contents, and again if those have moved anything.
ROUNDS = 3


def browser() -> str:
    """Find a browser that can print.

    Returns
    -------
    str
        The program's path.

    Raises
    ------
    SurveyError
        If there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise SurveyError(
            "there is no browser to print the PDF; install Chromium or Google Chrome, so that one "
            f"of {', '.join(BROWSERS)} is on the PATH, or leave out --pdf"
        )
    return found


def write_pdf(folder: Path, names: Sequence[str], program: str) -> Path:
    """Print the pages of a report into one file beside them.

    Parameters
    ----------
    folder : pathlib.Path
        The finished pages.
    names : sequence of str
        Their files in the order of reading, as for `printing.document_html`.
    program : str
        As `browser` finds it.

    Returns
    -------
    pathlib.Path
        The PDF.

    Raises
    ------
    SurveyError
        If the browser does not print.
    """
    numbers: dict[str, int] = {}
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as room:
        page = Path(room) / "document.html"
        for _ in range(ROUNDS):
            page.write_text(printing.document_html(folder, names, numbers), "utf-8")
            content = _printed(page, program)
            found = begins(content)
            if found == numbers:
                break
            numbers = found
    files.replace_bytes(folder / NAME, content)
    return folder / NAME


def _printed(page: Path, program: str) -> bytes:
    """Print a page; its own profile, so that a browser that is open does not take the order."""
    target = page.with_suffix(".pdf")
    target.unlink(missing_ok=True)
    command = [
        program,
        "--headless",
        "--no-sandbox",  # the page runs nothing and fetches nothing; root has no sandbox
        "--disable-gpu",
        f"--user-data-dir={page.parent / 'profile'}",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={target}",
        page.as_uri(),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
        return target.read_bytes()
    except (OSError, subprocess.SubprocessError) as error:
        why = "made no file" if isinstance(error, FileNotFoundError) else type(error).__name__
        if isinstance(error, subprocess.CalledProcessError):
            why = f"ended with status {error.returncode}"
        elif isinstance(error, subprocess.TimeoutExpired):
            why = f"took more than {PATIENCE} seconds"
        raise SurveyError(f"{program} did not print the PDF: it {why}") from None


def begins(content: bytes) -> dict[str, int]:
    r"""Read on which sheet each page of the report begins.

    Parameters
    ----------
    content : bytes
        A PDF of `printing.document_html`.

    Returns
    -------
    dict
        Anchor, ``part-1`` and so on -> the number of its sheet, from 1. Empty if the browser wrote
        them in another way than Chromium does; the contents have no numbers then.

    Examples
    --------
    >>> sheets = b"4 0 obj\n<</Type /Page\n>>\n7 0 obj\n<</Type /Page\n>>\n"
    >>> begins(sheets + b"8 0 obj\n<</part-1 [7 0 R /XYZ 6 826 0]>>")
    {'part-1': 2}
    """
    sheets = re.findall(rb"^(\d+) 0 obj\s*<</Type /Page\b", content, flags=re.M)
    place = {name: at for at, name in enumerate(sheets, start=1)}
    targets = re.findall(rb"/(part-\d+) \[(\d+) 0 R /XYZ", content)
    return {name.decode(): place[sheet] for name, sheet in targets if sheet in place}
