"""Feed malformed exports and codebooks to the readers: a frame, or one error that is shown as text.

As a command: `python tests/malformed.py`; it makes 10,000 inputs out of the exports of all tools,
reads each in a process of its own kind, and exits 1 if one ended otherwise, took more than ten
seconds or ended the process. An input is known by its number: `--first 4711 --inputs 1` makes it
again, and `--keep FOLDER` writes it down.
"""

import argparse
import io
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import time
import tomllib
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

import tool_exports
from tqdm import tqdm

from analysis import cleaning, exports
from analysis.errors import SurveyError
from analysis.publish import first_drafts
from analysis.survey import codebook_reader

#: Seconds that an input may take.
LONGEST = 10

#: The dictionary that lies beside the export.
DICTIONARY = "dictionary.csv"

#: Bytes that change what a file is taken for, or how it is cut into cells.
_ODD = (
    b"\0", b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\xff", b"\x80", b"\xe9", b"=",
    b"sep=;\n", b"sep=,", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0", b"PK\x03\x04",
    b"PAR1", b"$FL2@(#)", b"\xed\xa0\x80", b"\x1f\x8b", b"<html>", b"{", b'{"ImportId":"x"}',
    b"9" * 400, b"1e999", b"nan", b"-1", b"raw_row", b"A" * 140_000, b"GMT+99", b"\xe2\x80\x8b",
)  # fmt: skip

#: Cells that are hard to read.
_CELLS = (
    b"", b" ", b"-1", b"nan", b"NaN", b"inf", b"1e999", b"1,204", b"0x10", b"1_000", b"9" * 400,
    b"31/02/2023 10:00:00", b"0000-00-00", b"1677-01-01", b"9999-12-31 23:59:59", b"24:00",
    b"9999/12/31 11:59:59 pm GMT-14", b"2023/10/02 9:03:11 am GMT+99:99",
    b"0001/01/01 1:00:00 am BST", b"2023-10-02T10:00:00+25:00", b"\xef\xbc\x92", b"N/A",
    b"Selected", b"Other: ;;", b"A; B", b"#N/A", b"-999999999", b"4e9", b"1.7976931348623157e308",
    b"\xe2\x80\x8b", b"Response", b"s", b"n", b"d",
)  # fmt: skip

#: Values that a key of a codebook is not meant to have.
_VALUES = (
    '""', '"\\u0000"', '"a"', "[]", "[[]]", "[1]", '["", ""]', "{}", "{ a = 1 }", "true", "-1", "0",
    "1e400", "nan", "inf", "9" * 400, "9" * 5000, "2023-10-02", "2023-10-02T10:00:00", "10:00:00",
    "0001-01-01", "9999-12-31", '"undefined"', '["undefined"]', '["idna", "hex", "utf-7"]', '"csv"',
    '["utf-16"]', '["utf-7"]', '"spss"', '"qualtrics"', '"../x"', '"/dev/zero"', '"codebook.toml"',
    '"%"', '"%Z"', '"%d %d"', '"%Y%%Z"', '"\\t"', '"\\n"', "'\"'", '" "', '"Europe"', '"GMT"', "99",
    "[" * 3000 + "]" * 3000, "{ a = " * 200 + "1" + " }" * 200, '"text"', '"weight"', '"date"',
    '"number"', '"multiple"', '"ordered"', '"used"', '"respondent"', "[1, 2, 3]", '[".", ".."]',
    '["1", "Yes"]', '["1", "1.0"]', '["may", "june"]', '["1", "1.10"]', '"1.0"', '"wave"',
    '"\\ud7ff"', '"' + "x" * 20_000 + '"', '"$$"', '"raw_row"', '"flag_x"', '[""]',
)  # fmt: skip


@cache
def _originals() -> list[tuple[dict[str, bytes], str]]:
    """Return what each tool writes, file -> content, and the codebook of it."""
    made = []
    for write in tool_exports.TOOLS.values():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            codebook = write(tool_exports.make_replies(12), folder)
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            made.append(
                ({str(p.relative_to(folder)): _undated(p.read_bytes()) for p in files}, codebook)
            )
    return made


def _undated(content: bytes) -> bytes:
    """Take out when a file was written, so that a number makes the same input on any day."""
    if content.startswith(b"$FL"):
        return content[:92] + b"01 Jan 2412:00:00" + content[109:]
    if not content.startswith(b"PK"):
        return content
    undated = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(undated, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2024-01-01T00:00:00Z", old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name), part)
    return undated.getvalue()


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _without(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[at + rng.randrange(1, 60) :]


def _again(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + content[at : at + rng.randrange(1, 200)] + content[at:]


def _with_odd(content: bytes, rng: random.Random) -> bytes:
    at = rng.choice((0, rng.randrange(len(content) + 1)))
    return content[:at] + rng.choice(_ODD) + content[at:]


def _replaced(content: bytes, rng: random.Random) -> bytes:
    return content.replace(rng.choice(_ODD[:10]), rng.choice(_ODD), rng.choice((1, 5, -1)))


def _flipped(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.randrange(1, 12)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _lines(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    rng.shuffle(lines)
    return b"".join(lines[: rng.randrange(len(lines) + 1)])


def _random(content: bytes, rng: random.Random) -> bytes:
    return rng.choice(_ODD) + rng.randbytes(rng.randrange(60))


def _other(content: bytes, rng: random.Random) -> bytes:
    files, _ = rng.choice(_originals())
    return rng.choice(list(files.values())) + rng.choice((b"", content))


def _inside(content: bytes, rng: random.Random) -> bytes:
    """Change one part of a workbook, which stays an archive that opens."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _token(content, rng)
    changed = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
            at = rng.randrange(len(old.namelist()))
            for place, name in enumerate(old.namelist()):
                part = old.read(name)
                part = rng.choice(_OF_FILES)(part, rng) if place == at else part
                new.writestr(zipfile.ZipInfo(name), part)
    except Exception:  # of one that was changed before
        return content
    return changed.getvalue()


def _token(content: bytes, rng: random.Random) -> bytes:
    """Put a value that is hard to read in the place of a cell, or of a word of XML."""
    found = list(re.finditer(rb"[^,;\t\r\n\"<>]+", content))
    if not found:
        return content
    token = rng.choice(found)
    return content[: token.start()] + rng.choice(_CELLS) + content[token.end() :]


_OF_FILES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _without, _again, _with_odd, _replaced, _flipped, _lines, _random, _other, _inside,
    _token, _token,
)  # fmt: skip


def _codebook_value(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    keys = [at for at, line in enumerate(lines) if " = " in line]
    at = rng.choice(keys)
    lines[at] = f"{lines[at].partition(' = ')[0]} = {rng.choice(_VALUES)}"
    return "\n".join(lines)


def _codebook_line(text: str, rng: random.Random) -> str:
    lines = text.splitlines()
    at = rng.randrange(len(lines))
    lines[at : at + 1] = rng.choice(([], [lines[at]] * 2, [f"{lines[at]}x"], [rng.choice(lines)]))
    return "\n".join(lines)


def _codebook_file(text: str, rng: random.Random) -> str:
    key = rng.choice(list(exports.RawFile.__dataclass_fields__))
    return text.replace("[file]", f"[file]\n{key} = {rng.choice(_VALUES)}", 1)


def _codebook_text(text: str, rng: random.Random) -> str:
    """Say in an odd way what the export writes for an answer, or what its wave is."""
    value = rng.choice(_VALUES)
    if rng.randrange(3):
        labels = [each.start() for each in re.finditer(r'(?<=, )label = "|^label = "', text, re.M)]
        at = rng.choice(labels) if labels else 0
        between = "\n" if text[at - 1 : at] == "\n" else ", "
        return f"{text[:at]}text = {value}{between}{text[at:]}"
    wave = (
        '\n[[question]]\nid = "wave"\nkind = "single"\ncolumn = "wave"\n'
        'answers = [{ code = "a", label = "may" }, { code = "b", label = "june", text = "1" }]\n'
    )
    column = rng.choice((value, '"wave"'))
    file = f"[file]\nwave_column = {column}\nwaves = {rng.choice(_VALUES)}"
    return text.replace("[file]", file, 1) + wave


def _codebook_bytes(text: str, rng: random.Random) -> str:
    changed = rng.choice(_OF_FILES[:6])(text.encode("utf-8", "surrogateescape"), rng)
    return changed.decode("utf-8", "surrogateescape")


_OF_CODEBOOKS = (_codebook_value, _codebook_line, _codebook_file, _codebook_text, _codebook_bytes)

#: Dictionaries of the columns that stand in braces, in several layouts.
_DICTIONARIES = (
    "variable,label,value,value label\n{0},Well?,1,Yes\n,,2,No\n{1},How?,1,Good\n,,-9,Refused\n",
    "name;wording;code;answer\n{0};Well?;1;Yes\n{0};Well?;2;No\n{1};How?;1.0;Good\n",
    '"Variable / Field Name","Field Label","Choices, Calculations, OR Slider Labels"\n'
    '{0},Well?,"1, Yes | 2, No"\n{1},How?,"1=Good; 2=Poor"\n',
    "column\tvalues\n{0}\t1: Yes | 2: No\n{1}\t1 = Good, 2 = Poor\n",
)


def _dictionary(codebook: str, rng: random.Random) -> bytes:
    """Make a dictionary of columns that a codebook names, and damage it."""
    columns = rng.sample(re.findall(r"column = [\"']([^\"'\\\n]+)[\"']", codebook), 2)
    text = rng.choice(_DICTIONARIES).format(*(f'"{each}"' for each in columns))
    content = text.encode(rng.choice(("utf-8", "utf-8", "utf-16", "cp1252")))
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        content = rng.choice(_OF_FILES)(content, rng)
    return content


def make(number: int, folder: Path) -> None:
    """Write a malformed survey.

    Parameters
    ----------
    number : int
        Which one; the same number is the same survey.
    folder : pathlib.Path
        An empty folder named "demo"; gets the export, `codebook.toml` and a dictionary.
    """
    rng = random.Random(f"malformed {number}")
    files, original = rng.choice(_originals())
    codebook = original
    for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
        codebook = rng.choice(_OF_CODEBOOKS)(codebook, rng)
    for name, content in files.items():
        for _ in range(rng.choice((0, 1, 1, 2, 4))):
            content = rng.choice(_OF_FILES)(content, rng)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / DICTIONARY).write_bytes(_dictionary(original, rng))
    (folder / "codebook.toml").write_bytes(codebook.encode("utf-8", "surrogateescape"))


def read(folder: Path) -> str:
    """Read a survey as `check-export` does.

    Parameters
    ----------
    folder : pathlib.Path
        As `make` wrote it.

    Returns
    -------
    str
        "cleaned", or what was refused: "codebook", "export" or "replies".

    Raises
    ------
    Exception
        Whatever is no `SurveyError`, warnings among it.
    """
    stage = "codebook"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            codebook = codebook_reader.read_codebook(folder / "codebook.toml")
            stage = "export"
            asked = [name for each in codebook.questions for name in each.source_columns]
            places = [folder / name for name in codebook.file.names]
            if not all(place.exists() for place in places):
                return "no such file"
            raw = exports.read_export(places, codebook.file, wanted=asked)
            stage = "replies"
            cleaning.clean(raw, codebook)
    except SurveyError as refused:
        if not str(refused).strip():
            raise AssertionError("an error without words") from refused
        return f"{stage} refused"
    return "cleaned"


def draft(folder: Path) -> str:
    """Draft a codebook of the same export by the dictionary beside it, as `new-survey` does.

    Parameters
    ----------
    folder : pathlib.Path
        As `make` wrote it.

    Returns
    -------
    str
        "drafted", "drafted without it" where the dictionary was refused, or "draft refused".

    Raises
    ------
    Exception
        Whatever is no `SurveyError`, warnings among it.
    """
    given = sorted(
        path for path in folder.iterdir() if path.name not in (DICTIONARY, "codebook.toml")
    )
    for dictionary, outcome in ((folder / DICTIONARY, "drafted"), (None, "drafted without it")):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                tomllib.loads(first_drafts.draft("demo", given, dictionary))
        except SurveyError as refused:
            if len(str(refused).splitlines()) != 1:
                raise AssertionError("an error that is not one sentence") from refused
        else:
            return outcome
    return "draft refused"


def _work(first: int, last: int, sender: Connection) -> None:
    for number in range(first, last):
        start = time.monotonic()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "demo"
            folder.mkdir()
            make(number, folder)
            try:
                outcome, fault = f"{read(folder)}, {draft(folder)}", ""
            except Exception as error:
                outcome, fault = f"{type(error).__name__}", traceback.format_exc(limit=-4)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        sender.send((number, outcome, fault, time.monotonic() - start, memory))
    sender.close()


def feed(first: int, inputs: int) -> tuple[Counter, list[str], float, int]:
    """Feed inputs to the readers, in a process that is replaced if one of them ends it.

    Parameters
    ----------
    first, inputs : int
        The number of the first input, and how many.

    Returns
    -------
    tuple
        What became of how many; faults, one text each; the longest time in seconds; the most
        memory in kB.
    """
    outcomes, faults, longest, memory = Counter(), [], 0.0, 0
    at, last = first, first + inputs
    with tqdm(total=inputs, disable=not sys.stderr.isatty()) as bar:
        while at < last:
            receiver, sender = multiprocessing.Pipe(duplex=False)
            worker = multiprocessing.Process(target=_work, args=(at, last, sender))
            worker.start()
            sender.close()
            try:
                while receiver.poll(LONGEST + 20 * (at == first)):
                    at, outcome, fault, seconds, most = receiver.recv()
                    outcomes[outcome] += 1
                    faults += [f"{at}: {fault}"] if fault else []
                    faults += [f"{at}: {seconds:.1f} s"] if seconds > LONGEST else []
                    longest, memory, at = max(longest, seconds), max(memory, most), at + 1
                    bar.update()
                if at < last:
                    worker.kill()
                    faults.append(f"{at}: longer than {LONGEST} s")
            except EOFError:
                worker.join()
                if at < last:
                    faults.append(f"{at}: the process ended with {worker.exitcode}")
            worker.join()
            at += 1
    return outcomes, faults, longest, memory


def main() -> int:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--keep", type=Path, help="write the inputs there instead of reading them")
    options = parser.parse_args()
    if options.keep:
        for number in range(options.first, options.first + options.inputs):
            folder = options.keep / str(number) / "demo"
            folder.mkdir(parents=True)
            make(number, folder)
        return 0
    outcomes, faults, longest, memory = feed(options.first, options.inputs)
    for outcome, n in outcomes.most_common():
        print(f"{n:>6,}  {outcome}")
    print(f"longest {longest:.1f} s, most memory {memory / 1e6:.2f} GB, {len(faults)} faults")
    for fault in faults:
        print(fault)
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
