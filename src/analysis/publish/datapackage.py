"""Describe the processed tables of a survey for other programs (Frictionless Data Package)."""

import json

import pandas as pd

from analysis import files
from analysis.cleaning.flags import FLAGS
from analysis.cleaning.flags import flag_names as flag_names
from analysis.report import findings
from analysis.survey import Survey
from analysis.survey.bases import REASONS
from analysis.survey.codebook import MISSING, Question

_TYPES = {"date": "date", "number": "number", "weight": "number"}

#: The columns of findings.csv.
_FINDINGS = [
    *({"name": name, "type": "string"} for name in ("finding", "notebook", "question", "base")),
    *({"name": name, "type": "number"} for name in ("estimate", "conf_low", "conf_high")),
    {"name": "unit", "type": "string"},
    {"name": "n", "type": "integer"},
    *({"name": name, "type": "number"} for name in findings.WEIGHTED[:3]),
    {"name": "n_weighted", "type": "integer"},
    {"name": "sentence", "type": "string"},
]


def write_datapackage(survey: Survey, responses: pd.DataFrame) -> None:
    """Write datapackage.json beside the processed tables.

    Parameters
    ----------
    survey : Survey
        The survey; what its tables hold follows from the codebook.
    responses : pandas.DataFrame
        The cleaned responses, for the flags that they carry.

    Notes
    -----
    https://specs.frictionlessdata.io/data-package/ and its table schema.
    """
    codebook = survey.codebook
    fields = [{"name": "raw_row", "type": "integer", "description": "row of the raw file, from 1"}]
    for question in codebook.questions:
        fields += _fields(question)
    fields += [
        {"name": f"flag_{name}", "type": "boolean", "description": FLAGS[name]}
        for name in flag_names(responses)
    ]
    mark = {"name": "data", "type": "string", "constraints": {"enum": ["synthetic", "real"]}}
    package = {
        "profile": "tabular-data-package",
        "name": codebook.id.replace("_", "-"),
        "title": codebook.title,
        "description": (
            "Synthetic data: made by this project, no person answered."
            if codebook.synthetic
            else "Cleaned responses of a real survey."
        ),
        "licenses": [{"name": codebook.licence}],
        "sources": [{"title": codebook.source}],
        "missing_answers": {kind: REASONS[kind] for kind in MISSING},
        "resources": [
            _resource("responses", [*fields, mark]),
            _resource(
                "exclusions",
                [
                    {"name": "step", "type": "string"},
                    {"name": "reason", "type": "string"},
                    {"name": "rows_before", "type": "integer"},
                    {"name": "rows_excluded", "type": "integer"},
                    {"name": "rows_after", "type": "integer"},
                    mark,
                ],
            ),
            _resource("findings", [*_FINDINGS, mark]),
        ],
    }
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    files.replace_text(survey.processed / "datapackage.json", text)


def _resource(name: str, fields: list[dict]) -> dict:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def _fields(question: Question) -> list[dict]:
    if question.kind == "multiple":
        return [
            {
                "name": column,
                "type": "string",
                "title": f"{question.wording} {label}",
                "constraints": {"enum": ["1", "0", *MISSING]},
            }
            for column, label in zip(question.columns, question.labels.values(), strict=True)
        ]
    field = {
        "name": question.role,
        "type": _TYPES.get(question.kind, "string"),
        "title": question.wording,
    }
    if question.answers:
        field["constraints"] = {"enum": [*question.codes, *MISSING]}
        field["description"] = "; ".join(f"{c}: {label}" for c, label in question.labels.items())
    elif question.kind == "text":
        field["constraints"] = {"enum": ["answered", *MISSING]}
        field["description"] = "whether there is an answer; what people wrote stays in the raw file"
    return [field]
