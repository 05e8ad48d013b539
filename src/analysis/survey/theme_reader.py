"""Read the themes of a codebook, as strictly as the rest of it."""

import re
from collections import defaultdict
from typing import Any

from analysis.survey.codebook import Codebook
from analysis.survey.phrases import phrase_problem, set_problem
from analysis.survey.theme_rules import Theme, ThemeRules


def read_themes(rules: Any, themes: list[Any]) -> ThemeRules | None:
    """Read the themes.

    Parameters
    ----------
    rules : table
        `[theme_rules]`, as the codebook reader wraps it.
    themes : list of table
        `[[theme]]`, one each.

    Returns
    -------
    ThemeRules or None
        None if the codebook has neither. Missing and unknown keys are noted in the tables.
    """
    read_rules = {
        "sets": rules.text_lists("sets"),
        "variants": rules.text_lists("variants"),
        "words": rules.texts("words"),
        "stop_words": rules.texts("stop_words"),
        "says_nothing": rules.texts("says_nothing"),
        "wishes": rules.texts("wishes"),
        "joins": rules.texts("joins"),
    }
    rules.close()
    read_themes = []
    for table in themes:
        theme = Theme(
            code=table.take("code", str),
            label=table.take("label", str),
            description=table.take("description", str),
            phrases=table.texts("phrases"),
            only=table.text_lists("only"),
            exclude=table.texts("exclude"),
            weak=table.texts("weak"),
            shared=table.texts("shared"),
            praise=table.texts("praise"),
        )
        table.close()
        read_themes.append(theme)
    if not read_themes and not any(read_rules.values()):
        return None
    return ThemeRules(themes=tuple(read_themes), **read_rules)


def theme_contradictions(codebook: Codebook) -> list[str]:
    """List what the themes of a codebook say against themselves or its questions.

    Parameters
    ----------
    codebook : Codebook
        As read, every key known and of its type.

    Returns
    -------
    list of str
        One contradiction each, with what to do; empty if there is none.
    """
    rules = codebook.themes
    if rules is None:
        return []
    problems = [] if rules.themes else ["[theme_rules]: no [[theme]]; add one or remove the table"]
    for what in ("code", "label"):
        values = [getattr(theme, what) for theme in rules.themes]
        problems += [
            f"[[theme]]: {what} {value!r} stands {values.count(value)} times; keep one"
            for value in dict.fromkeys(values)
            if values.count(value) > 1
        ]
    for name, members in rules.sets.items():
        problems += [f"[theme_rules] set {name!r}: no phrases; list them"] * (not members)
        found = (set_problem(member) for member in members)
        problems += [f"[theme_rules] set {name!r}: {each}" for each in found if each]
    for key in ("says_nothing", "wishes", "joins"):
        found = (phrase_problem(phrase, rules.sets) for phrase in getattr(rules, key))
        problems += [f"[theme_rules] {key}: {each}" for each in found if each]
    open_roles = {question.role for question in codebook.questions if question.kind == "text"}
    for theme in rules.themes:
        problems += _theme_problems(theme, rules, open_roles)
    used = {name for phrase in rules.every_phrase for name in re.findall(r"\{(\w+)\}", phrase)}
    problems += [
        f"[theme_rules] set {name!r}: no phrase names it; use it or remove it"
        for name in rules.sets
        if name not in used
    ]
    return problems + _variant_problems(rules) + _twice(rules)


def _theme_problems(theme: Theme, rules: ThemeRules, open_roles: set[str]) -> list[str]:
    where, problems = f"theme {theme.code!r}", []
    if not re.fullmatch(r"[a-z][a-z0-9_]*", theme.code):
        problems.append(f"{where}: code {theme.code!r}; use a-z, 0-9 and _ alone")
    for what in ("label", "description"):
        if not getattr(theme, what).strip():
            problems.append(f"{where}: {what} is empty; write it")
    if not (*theme.phrases, *theme.shared, *theme.praise):
        problems.append(f"{where}: no phrases; list what people write")
    for role, phrases in theme.only.items():
        if role not in open_roles:
            problems.append(f"{where}: only {role!r}; no question of kind text has that role")
        if not phrases:
            problems.append(f"{where}: only {role!r} has no phrases; list them or remove it")
    own = [*theme.phrases, *theme.shared, *(each for some in theme.only.values() for each in some)]
    every = [*own, *theme.praise, *theme.weak, *theme.exclude]
    for phrase in dict.fromkeys(every):
        found = phrase_problem(phrase, rules.sets)
        problems += [f"{where}: {found}"] if found else []
        times = every.count(phrase)
        if times > 1 and len(set(theme.only)) < 2:
            problems.append(f"{where}: phrase {phrase!r} stands {times} times; keep one")
    return problems


def _twice(rules: ThemeRules) -> list[str]:
    """List phrases that stand in two themes and not under `shared` in both."""
    owners = defaultdict(list)
    for theme in rules.themes:
        own = {
            *theme.phrases,
            *theme.praise,
            *(each for some in theme.only.values() for each in some),
        }
        for phrase in sorted({*own, *theme.shared}):
            owners[" ".join(phrase.split())].append((theme.code, phrase in own))
    return [
        f"phrase {phrase!r} stands in themes {', '.join(code for code, _ in found)}; keep it in "
        "one, or list it under shared in each"
        for phrase, found in owners.items()
        if len(found) > 1 and any(own for _, own in found)
    ]


def _variant_problems(rules: ThemeRules) -> list[str]:
    """List variants that cannot be read back, and phrases written as a variant."""
    problems, right = [], defaultdict(list)
    for word, variants in rules.variants.items():
        for text in (word, *variants):
            if not re.fullmatch(r"[a-z0-9]+(?: [a-z0-9]+)*", text):
                problems.append(f"[theme_rules] variants {text!r}: write words in small letters "
                                "and figures, without marks")  # fmt: skip
        for variant in variants:
            right[variant].append(word)
    every = "\n".join(f" {each.strip()} " for each in rules.every_phrase)
    for variant, words in right.items():
        if len(words) > 1 or variant in rules.variants:
            problems.append(f"[theme_rules] variants: {variant!r} stands twice; keep one")
        if f" {variant} " in every:
            holder = next(
                each for each in rules.every_phrase if f" {variant} " in f" {each.strip()} "
            )
            problems.append(f"phrase {holder!r}: {variant!r} is read as {words[0]!r}; write that")
    return problems
