"""Tables read as statements: the parts that kinds of table are read by."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.attack.labels import Labels
from analysis.attack.profiles import GOT, NO, YES, Conditions, answered, together
from analysis.attack.published import Span, Table, count_of, people_behind
from analysis.attack.statements import Register
from analysis.privacy import Rule
from analysis.survey import Survey, measures
from analysis.survey.wording import at_start

#: What a note says of rows that are not shown.
_TOGETHER = re.compile(
    r"(?P<who>[^.]+?) together, unadjusted: (?P<share>\d+%(?: to \d+%)?) \([^)]*\) of "
    r"(?P<n>[\d,]+) people"
)

#: Label -> people; None of a label that is none of them.
Resolve = Callable[[str], Conditions | None]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What is needed to read the tables of one survey, and the register they are read into."""

    survey: Survey
    register: Register
    labels: Labels
    bases: Mapping[str, Conditions]

    @property
    def rule(self) -> Rule:
        """What counts are rounded by."""
        return self.register.rule

    def answered(self, *roles: str) -> Conditions:
        """Return the people who answered some questions."""
        return answered(self.register.profiles, self.survey, roles)

    def role(self, text: str) -> str:
        """Return the role of the question that a table of questions names; "" if there is none."""
        found = (
            each.role
            for each in self.survey.codebook.questions
            if text.replace(" ", "_") in (each.id, each.role)
        )
        return next(found, "")

    def label(self, *roles: str) -> Resolve:
        """Resolve a label of any of some questions."""

        def resolve(text: str) -> Conditions | None:
            found = (self.labels.of(role, text) for role in roles)
            return next((each for each in found if each is not None), None)

        return resolve

    def told(self, role: str) -> list[Conditions]:
        """Return the answers of a question, each on its own, and who gave none."""
        question = self.survey.codebook.question(role)
        if question.kind == "multiple":
            return [self.labels.of(role, label) for label in question.labels.values()]
        alone = [{role: frozenset([label])} for label in question.labels.values()]
        return [*alone, self.labels.missing(role)]

    def headline(self, text: str) -> tuple[Conditions, Conditions] | None:
        """Return of whom a headline is a share, and who counts as a yes."""
        survey, words = self.survey, self.survey.words
        if survey.has("preferred") and text.startswith(f"{words.preferred_short}: "):
            people = self.labels.of("preferred", text.split(": ", 1)[1])
            return None if people is None else (self.answered("preferred"), people)
        if survey.has(survey.used_role) and text.startswith(f"{words.used_short}: "):
            people = self.labels.of(survey.used_role, text.split(": ", 1)[1])
            base = self.bases.get("pair") or self.answered(survey.used_role)
            return None if people is None else (base, people)
        if text == f"{words.used_short} what they {words.preferred}":
            return {GOT: frozenset([YES, NO])}, {GOT: frozenset([YES])}
        for role in (each for each in measures.RATED if survey.has(each)):
            best = measures.best_answers(survey, role)
            plain = f"{survey.codebook.noun(role)}: {best}"
            if text == at_start(words.satisfied if role == "satisfaction" else plain):
                return self.answered(role), self.labels.top(role)
        return None

    def rows(self, table: Table, resolve: Resolve) -> list[tuple[int, Conditions]]:
        """Return the rows of a table whose people are known, with these."""
        found = [(at, resolve(row[0])) for at, row in enumerate(table.rows)]
        return [(at, people) for at, people in found if people is not None]

    def counts(
        self, table: Table, heading: str, rows: Iterable, base: Conditions, *, rounded: bool = False
    ) -> None:
        """Read a column of counts of people."""
        cells = table.columns.get(heading)
        for at, people in rows if cells else ():
            span = count_of(cells[at], rule=self.rule if rounded else None)
            self.register.know(table.source, together(base, people), span)

    def crossed(self, table: Table, rows: Resolve, columns: Resolve, base: Conditions) -> None:
        """Read a table of rounded counts with people in both margins; a column n is exact."""
        for at, people in self.rows(table, rows):
            for heading, cells in table.columns.items():
                if heading == "n":
                    self.register.know(table.source, together(base, people), count_of(cells[at]))
                elif (also := columns(heading)) is not None:
                    span = count_of(cells[at], rule=self.rule, crossed=True)
                    self.register.know(table.source, together(base, people, also), span)

    def sizes(
        self,
        table: Table,
        rows: Sequence[tuple[int, Conditions]],
        base: Conditions,
        heading: str = "n",
    ) -> dict[int, Span]:
        """Return the people of each row: as a column says, or as many as there are."""
        cells, found = table.columns.get(heading), {}
        for at, people in rows:
            told = count_of(cells[at]) if cells else None
            count = self.register.profiles.count(together(base, people))
            found[at] = told or (count, count)
        return found

    def shares(
        self, table: Table, heading: str, rows: Sequence[tuple[int, Conditions]], base: Conditions,
        yes: Conditions, *, interval: str = "", n: Mapping[int, Span] | None = None,
    ) -> None:  # fmt: skip
        """Read a column of shares of the people of each row."""
        cells, ends = table.columns.get(heading), table.columns.get(interval)
        if not cells:
            return
        sizes = n or self.sizes(table, rows, base)
        for at, people in rows:
            span = people_behind(
                cells[at], sizes[at], ends[at] if ends else "", step=table.step if ends else 0.0
            )
            self.register.know(table.source, together(base, people, yes), span)

    def together(self, table: Table, resolve: Resolve, base: Conditions, yes: Conditions) -> None:
        """Read what a note says of rows that are not shown, as of all of them together."""
        for found in _TOGETHER.finditer(table.note):
            people, n = resolve(found["who"].strip()), count_of(found["n"])
            if people is None or n is None:
                continue
            self.register.know(table.source, together(base, people), n)
            span = people_behind(found["share"], n)
            self.register.know(table.source, together(base, people, yes), span)


def not_those(profiles, yes: Conditions) -> Conditions:
    """Return who gave another answer than those that count as a yes, to the same one question."""
    ((attribute, wanted),) = yes.items()
    return {attribute: profiles.said(attribute) - wanted}
