"""The counts that published examples are about, typed in from where they are printed."""

import itertools

import numpy as np
import pandas as pd

#: Christensen, Cleaver and Brockhoff (2011), Food Qual. Prefer. 22: sureness from 1 to 6 that a
#: soup is not the reference, by day and product; the table `soup` of R's ordinal. Product 3 was
#: not tasted on day 2.
SOUP = {
    (1, 1): (61, 61, 32, 24, 65, 126), (1, 2): (11, 8, 6, 4, 17, 48),
    (1, 3): (12, 13, 4, 15, 19, 121), (1, 4): (10, 13, 5, 4, 11, 50),
    (1, 5): (11, 5, 3, 3, 9, 57), (1, 6): (5, 5, 2, 4, 15, 62),
    (2, 1): (71, 100, 33, 17, 56, 93), (2, 2): (25, 34, 16, 15, 41, 144),
    (2, 4): (9, 10, 5, 10, 13, 45), (2, 5): (7, 5, 7, 2, 17, 59), (2, 6): (6, 6, 2, 0, 14, 64),
}  # fmt: skip

#: Peterson and Harrell (1990), Appl. Stat. 39: severity of coronary artery disease, 0 to 4.
ARTERY = {"no": (334, 99, 117, 159, 30), "yes": (350, 307, 345, 481, 67)}

#: McCullagh and Nelder (1989), Generalized Linear Models, p. 175: taste of four cheeses, 1 to 9.
CHEESE = {
    "1": (0, 0, 1, 7, 8, 8, 19, 8, 1), "2": (6, 9, 12, 11, 7, 6, 1, 0, 0),
    "3": (1, 1, 6, 8, 23, 7, 5, 1, 0), "4": (0, 0, 0, 1, 3, 7, 14, 16, 11),
}  # fmt: skip

#: Lesnoff et al. (2004), Prev. Vet. Med. 64: new cases of a disease of cattle and animals at
#: risk in 15 herds, quarter by quarter; the table `cbpp` of R's lme4.
CBPP = (
    ((2, 14), (3, 12), (4, 9), (0, 5)), ((3, 22), (1, 18), (1, 21)),
    ((8, 22), (2, 16), (0, 16), (2, 20)), ((2, 10), (0, 10), (2, 9), (0, 6)),
    ((5, 18), (0, 25), (0, 24), (1, 4)), ((3, 17), (0, 17), (0, 18), (1, 20)),
    ((8, 16), (1, 10), (3, 9), (0, 5)), ((12, 34),), ((2, 9), (0, 6), (0, 8), (0, 6)),
    ((1, 22), (1, 22), (0, 18), (2, 22)), ((0, 25), (5, 27), (3, 22), (1, 22)),
    ((2, 10), (1, 8), (0, 6), (0, 5)), ((1, 21), (2, 24), (0, 19), (0, 23)),
    ((11, 19), (0, 2), (0, 3), (0, 2)), ((1, 19), (1, 15), (1, 15), (0, 15)),
)  # fmt: skip

#: Colditz et al. (1994), JAMA 271: cases and others among people with a vaccine against
#: tuberculosis, cases and others without, in 13 trials.
BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)  # fmt: skip

#: Stuart (1953), Biometrika 40: unaided distance vision of 7,477 women, right eye by left.
VISION = ((1520, 266, 124, 66), (234, 1512, 432, 78), (117, 362, 1772, 205), (36, 82, 179, 492))

#: Hout et al. (1987), Sociol. Methodol. 17: husbands by wives, how often sex is fun.
SEXUAL_FUN = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))

#: Landis and Koch (1977), Biometrics 33: two neurologists on patients of two cities.
PATIENTS = {
    "Winnipeg": ((38, 5, 0, 1), (33, 11, 3, 0), (10, 14, 5, 6), (3, 7, 3, 10)),
    "New Orleans": ((5, 3, 0, 0), (3, 11, 4, 0), (2, 13, 3, 4), (1, 2, 4, 14)),
}

#: Agresti (2002), Categorical Data Analysis, tables 10.5 and 10.6: opinions on sex before and
#: outside marriage, and where people of the United States lived in 1980 and 1985.
OPINIONS = ((144, 2, 0, 0), (33, 4, 2, 0), (84, 14, 6, 1), (126, 29, 25, 5))
MIGRATION = (
    (11607, 100, 366, 124), (87, 13677, 515, 302), (172, 225, 17819, 270), (63, 176, 286, 10192),
)  # fmt: skip

#: Peterson et al. (2007) and Fleiss, Levin and Paik (2003, table 13.6), as the R package
#: contingencytables has them, and the example of the program MH of Uebersax.
PATHOGENS = ((596, 18, 6, 5), (0, 2, 0, 0), (0, 0, 42, 0), (11, 0, 0, 0))
DIAGNOSES = ((35, 5, 0), (15, 20, 5), (10, 5, 5))
ZERO_CELLS = ((30, 0, 0), (0, 10, 2), (0, 4, 8))

#: Friedlander (1961), J. R. Stat. Soc. A 124: women by age and marital status, in thousands, and
#: the margins of the next year.
STATUS = (
    (1306, 83, 0), (619, 765, 3), (263, 1194, 9), (173, 1372, 28),
    (171, 1393, 51), (159, 1372, 81), (208, 1350, 108), (1116, 4100, 2329),
)  # fmt: skip


def square(rows: tuple) -> pd.DataFrame:
    """Return a square table of counts with labels "1", "2" and so on."""
    labels = [str(at + 1) for at in range(len(rows))]
    return pd.DataFrame(rows, index=labels, columns=labels)


def answers(rows: dict, predictors: list[str]) -> pd.DataFrame:
    """Return a row a cell from counts by answer: predictors, an ordered `answer`, and `count`."""
    made = []
    for key, counts in rows.items():
        values = key if isinstance(key, tuple) else (key,)
        made += [(*map(str, values), at, count) for at, count in enumerate(counts) if count]
    frame = pd.DataFrame(made, columns=[*predictors, "answer", "count"])
    frame["answer"] = pd.Categorical(frame["answer"], ordered=True)
    return frame.astype(dict.fromkeys(predictors, "category"))


def pairs(both: int, first_only: int, second_only: int, neither: int) -> tuple:
    """Return two Categorical answers, yes or no, of the people of a table of two by two."""
    kinds = pd.CategoricalDtype(["yes", "no"])
    first = ["yes"] * (both + first_only) + ["no"] * (second_only + neither)
    second = ["yes"] * both + ["no"] * first_only + ["yes"] * second_only + ["no"] * neither
    return pd.Series(first, dtype=kinds), pd.Series(second, dtype=kinds)


def people(table: tuple) -> tuple[pd.Series, pd.Series]:
    """Return the two Categorical answers of the people of a square table."""
    labels = [str(at + 1) for at in range(len(table))]
    kinds, counts = pd.CategoricalDtype(labels), np.array(table)
    size = len(labels)
    first = np.repeat(np.repeat(np.arange(size), size), counts.ravel())
    second = np.repeat(np.tile(np.arange(size), size), counts.ravel())
    return tuple(
        pd.Series(pd.Categorical.from_codes(each, dtype=kinds)) for each in (first, second)
    )


def cbpp() -> pd.DataFrame:
    """Return `answer` (no, yes), `period, herd, count`, a row a cell."""
    rows = [
        (answer, str(period), str(herd), count)
        for herd, quarters in enumerate(CBPP, start=1)
        for period, (cases, size) in enumerate(quarters, start=1)
        for answer, count in (("no", size - cases), ("yes", cases))
        if count
    ]
    frame = pd.DataFrame(rows, columns=["answer", "period", "herd", "count"])
    frame["answer"] = pd.Categorical(frame["answer"], ["no", "yes"], ordered=True)
    return frame.astype({"period": "category", "herd": "category"})


def weighed_women() -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """Return a row a woman of `STATUS`, and the margins of the next year."""
    cells = itertools.product(range(8), range(3))
    rows = [cell for cell in cells for _ in range(STATUS[cell[0]][cell[1]])]
    frame = pd.DataFrame(rows, columns=["age", "status"]).astype(str)
    age = pd.Series([1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644], list("01234567"))
    status = pd.Series([3988, 11702, 2634], list("012"))
    return frame, {"age": age, "status": status}
