"""Personal details are taken out of text that a researcher reads."""

import re
import time

import pytest

from analysis import privacy, survey
from analysis.synthetic import simulation
from analysis.themes import answers


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("ring me on 07700 900123", "ring me on [telephone]"),
        ("ring +44 7700 900 123 now", "ring [telephone] now"),
        ("write to a.b+1@example.org", "write to [address]"),
        ("see https://example.org/x", "see [address]"),
        ("I live at SG98 1AB", "I live at [postcode]"),
        ("car ab01cde", "car [plate]"),
        ("crime ref 99/12345/23", "crime ref [reference]"),
        ("my name is desmond quill", "my name is [name]"),
        ("it was PC Marigold Penhaligon who came", "it was PC [name] who came"),
        ("ring Desmond", "ring [name]"),
        ("RING DESMOND", "RING [name]"),
        ("call 101 or 42", "call 101 or #"),
        ("<b>ring</b> <script>alert(1)</script>", "ring"),
        ("I'd ring", "I'd ring"),
        ("jo dot smith at example dot com, or jo(at)example.com", "[address], or [address]"),
        ("jo&lt;at&gt;example.com", "[address]"),
        ("it was @jo_smith", "it was [handle]"),
        ("pc 1234 bloggs came to 12a acacia avenue", "pc # [name] came to [street]"),
        ("oh seven seven double oh nine hundred one two three", "[telephone]"),
        ("dob 1.2.63, qq123456c", "dob [date], [number]"),
        ("s g 9 8 1 a b", "[postcode]"),
        ("ask for mark, my neighbour called jo", "ask for [name], my neighbour called [name]"),
        ("my neighbour called the police", "my neighbour called the police"),
        ("in St Albans and Ware in May I rang 101", "in St Albans and Ware in May I rang 101"),
        ("PC Ware said 24/7", "PC [name] said #/#"),
        ("zorb\u200blax@exam\u202eple.com", "[address]"),
    ],
)
def test_a_detail_is_replaced_by_what_it_is(text, redacted):
    ordinary = {"ring", "call", "write", "see", "it", "was", "my"}
    assert privacy.redact(text, ordinary=ordinary, numbers={"101"}) == redacted


def test_a_name_that_many_write_in_small_letters_is_no_ordinary_word():
    texts = ["desmond came", "it is desmond", "desmond", "the bus", "a bus", "old bus", "my quillo"]
    texts += ["see quillo", "that quillo", "I saw Quillo there", "and Quillo went"]
    assert privacy.ordinary_words(texts) == {"bus"}


@pytest.mark.parametrize(
    "text",
    ["a.", "1 ", "seven ", "a@", "a_", "my ", "a dot ", "a at ", "www.", "ref 1-", "x (dot) "],
)
def test_a_long_text_is_redacted_in_time(text):
    start = time.process_time()
    assert privacy.redact(text * 3000, ordinary=set())
    assert time.process_time() - start < 5


def test_no_planted_detail_is_left_in_the_answers_of_the_default_survey():
    this = survey.load("herts_2023")
    details = simulation.default().dirt.query("kind == 'personal'")["detail"]
    planted = {value.strip() for detail in details for value in re.findall(r"=([^|]+)", detail)}
    planted = {value for value in planted if len(value) > 5}
    assert len(planted) > 20
    responses = this.responses()
    for role in ("change", "change_why"):
        texts = answers.texts(this, responses, role)
        ordinary = privacy.ordinary_words(texts)
        safe = [privacy.redact(text, ordinary=ordinary, numbers={"101"}) for text in texts]
        assert not [(value, text) for value in planted for text in safe if value in text]
        assert not [text for text in safe if re.search(r"example\.|0\d{4}|<\w", text)]
