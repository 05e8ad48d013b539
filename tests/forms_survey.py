"""Replies to a made-up survey of another county, as Microsoft Forms writes them.

Six districts, other channels and another scale than the default survey; nobody in it is real.
"""

import csv
import io
from datetime import datetime, timedelta

import numpy as np

DISTRICTS = ["Ashmoor", "Brackley Vale", "Coldwater", "Eastmarch", "Fenwick", "Westmarch"]

CHANNELS = ["Contact desk", "Letter", "Non-emergency line", "Online report", "Police app"]

SCALE = ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied",
         "Very satisfied"]  # fmt: skip

SEEN = ["Never", "Rarely", "Sometimes", "Often"]

AGES = ["Under 25", "25-44", "45-64", "65 and over"]

SEXES = ["Female", "Male", "Non-binary", "Prefer not to say"]

#: What only one or two people wrote, with what tells who they are.
PERSONAL = ["I asked Sergeant Quill at 14 Mill Lane", "my neighbour Desmond Ottoline told you",
            "ring me on 01632 960123", "write to d.ottoline@example.org"]  # fmt: skip

HEADER = [
    "ID", "Start time", "Completion time", "Email", "Name", "Which district do you live in?",
    "Have you contacted Westshire Police in the last year?",
    "How did you contact them? Tick all that apply.",
    "How would you prefer to contact them?",
    "Overall, how satisfied were you with the contact?",
    "How often do you see police officers in your area?",
    "What would you improve?",
    "How old are you?",
    "What is your gender?",
]  # fmt: skip


def replies(n: int = 200, *, seed: int = 7, day_first: bool = True) -> list[list[str]]:
    """Draw replies, in the order of `HEADER`."""
    rng, rows = np.random.default_rng(seed), []
    start = datetime(2025, 3, 3, 9, 0)
    for number in range(1, n + 1):
        began = start + timedelta(minutes=int(rng.integers(0, 36_000)))
        ended = began + timedelta(seconds=int(rng.integers(90, 900)))
        form = "%d/%m/%Y %H:%M:%S" if day_first else "%m/%d/%Y %H:%M:%S"
        contacted = rng.random() < 0.7
        ways = [way for way in CHANNELS[:4] if rng.random() < 0.4] or ["Non-emergency line"]
        ways += [PERSONAL[number % 4]] if rng.random() < 0.06 else []
        wish = PERSONAL[number % 4] if rng.random() < 0.03 else rng.choice(CHANNELS)
        said = (
            f"{rng.choice(['Please', 'You should'])} see to number {number}. {PERSONAL[number % 4]}"
        )
        rows.append([
            str(number), began.strftime(form), ended.strftime(form), "anonymous", "",
            rng.choice(DISTRICTS, p=[0.3, 0.2, 0.2, 0.15, 0.1, 0.05]),
            "Yes" if contacted else "No",
            "".join(f"{way};" for way in ways) if contacted else "",
            wish,
            rng.choice([*SCALE, "Don't know"], p=[0.1, 0.15, 0.2, 0.35, 0.15, 0.05])
            if contacted else "",
            rng.choice([*SEEN, "Prefer not to say"], p=[0.2, 0.35, 0.3, 0.1, 0.05]),
            said if rng.random() < 0.6 else "",
            rng.choice(AGES, p=[0.1, 0.3, 0.35, 0.25]),
            rng.choice(SEXES, p=[0.5, 0.44, 0.02, 0.04]),
        ])  # fmt: skip
    return rows


def export(rows: list[list[str]], header: list[str] = HEADER) -> bytes:
    """Write replies as the tool does: UTF-8 with mark, commas, CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([header, *rows])
    return text.getvalue().encode("utf-8-sig")
