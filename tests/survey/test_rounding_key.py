"""The key of random rounding is of the replies, and of none of their hashes that are published."""

import hashlib

import pytest

from analysis import paths, privacy
from analysis.survey import rounding_key

METHOD = ("disclosure_threshold = 2", 'disclosure_threshold = 2\ndisclosure_method = "{}"')


@pytest.fixture
def controlled(demo):
    """Load the survey called demo, by controlled rounding, with its rows."""
    old, new = METHOD
    return lambda rows=None: demo(rows, (old, new.format("controlled_rounding")))


def test_only_controlled_rounding_has_a_key(demo, controlled):
    old, new = METHOD
    assert privacy.rule_of(demo(None).codebook).key == ""
    assert privacy.rule_of(demo(None, (old, new.format("ranges"))).codebook).key == ""
    assert len(privacy.rule_of(controlled().codebook).key) == 64


def test_the_key_is_of_the_replies_and_is_not_published(controlled):
    made = controlled()
    key = made.codebook.rounding_key
    raw = made.raw_path.read_bytes()
    assert key == controlled().codebook.rounding_key
    assert key not in (made.raw_sha256(), hashlib.sha256(raw).hexdigest())
    assert key not in repr(made.codebook)
    made.raw_path.write_bytes(raw + b"\n")
    assert rounding_key.key_of(made.codebook, made.name) != key


def test_without_raw_files_the_key_is_of_the_responses(controlled):
    made = controlled()
    made.raw_path.unlink()
    nothing = rounding_key.key_of(made.codebook, made.name)
    written = paths.PROCESSED / made.name / "responses.csv"
    written.parent.mkdir(parents=True)
    written.write_text("response_id\n1\n")
    assert rounding_key.key_of(made.codebook, made.name) != nothing
