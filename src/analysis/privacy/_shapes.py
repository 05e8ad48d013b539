"""The shapes of personal details that are told by their letters, figures and cues."""

import re

from analysis.privacy._dictionary import GIVEN, NAMES, is_ordinary, words_of

_AT = r"(?:@|\(\s?at\s?\)|\[\s?at\s?\]|\{\s?at\s?\})"
_DOT = r"(?:\.|\(\s?dot\s?\)|\[\s?dot\s?\]|\{\s?dot\s?\})"
_JOINED = rf"(?:{_DOT}|\s+(?:dot|underscore|dash|hyphen)\s+|\s?(?:\(dot\)|\[dot\])\s?)"
_ENDS = r"(?:com|org|net|uk|info|eu|gov|ac|biz|io|co|invalid|test)"

_CLOSE = r"(?:\.|\s+dot\s+|\s?\[dot\]\s?|\s?\(dot\)\s?)"

#: Mail: with a sign for "at" anything may be spaced; with the word, dots are close or a word.
EMAIL = re.compile(
    rf"(?<![\w+%'-])[\w+%'-]{{1,64}}(?:{_JOINED}[\w+%-]{{1,64}}){{0,5}}\s{{0,3}}{_AT}\s{{0,3}}"
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}?"
    rf"(?:(?:\s?{_DOT}\s?|\s+dot\s+|\s?,\s?|\s){_ENDS}\b)+"
    r"|[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}"
    rf"|(?<![\w+%-])[\w+%-]{{1,64}}(?:{_JOINED}[\w+%-]{{1,64}}){{0,5}}\s+at\s+[\w-]{{1,63}}"
    rf"(?:{_CLOSE}[\w-]{{1,63}}){{0,4}}?(?:{_CLOSE}{_ENDS}\b)+",
    re.I,
)

WEB = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}"
    r"\.(?:com|org|net|info|co\.uk|org\.uk|me\.uk)\b(?:/\S*)?",
    re.I,
)

_PLATFORM = (
    r"(?:handle|user\s?name|insta(?:gram)?|twitter|snap(?:chat)?|tik\s?tok|facebook|fb|discord"
    r"|telegram|skype|nextdoor|threads|bluesky|gamertag)"
)

#: Words of which one stands before a handle that looks like a word.
PLATFORMS = words_of(
    "handle user username insta instagram twitter snap snapchat tik tiktok facebook fb discord "
    "telegram skype nextdoor threads bluesky gamertag u"
)

#: Names on social media; where one is a group, that alone is the detail.
HANDLE = re.compile(
    r"(?<![\w.@])@\s?(?=\w*[a-z])[\w][\w.-]+\w|(?<!\w)u/\w+"
    r"|(?<!\w)(?=[\w.]{0,64}[a-z])\w{0,64}_[\w.]{0,64}\w"
    r"|\b[a-z]+(?:[.-][a-z]+)+\d+\b|\b[a-z]{4,}\d{2,}\w*"
    rf"|\b{_PLATFORM}(?:\s+(?:handle|name|account|page|profile|user|id|tag))?\s*"
    r"(?:is|:|=|as|under|it's|i'm|i am|im)\s+(?P<it>[\w.-]*\w)",
    re.I,
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NTH = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|\w+teenth|twentieth|thirtieth|hundred|oh)"
)
_DATE_WORD = rf"(?:\d+(?:st|nd|rd|th)?|{_MONTH}|{_NUMBER_WORD}|the|of|on|in|is|was|and|back|-)"

DATE = re.compile(
    rf"\b(?:born|dob|d\.o\.b|date of birth|birth\s?date|birthday)\b[\s:.]*"
    rf"(?P<it>(?:{_DATE_WORD}(?!\w)[\s,./:-]*)+)"
    rf"|\b{_NTH}\s+(?:of\s+)?{_MONTH}\.?,?\s+(?:19|20)\d\d\b"
    rf"|\b{_MONTH}\.?\s+{_NTH},?\s+(?:19|20)\d\d\b"
    r"|\b\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)?\d\d\b|\b(?:19|20)\d\d[-/]\d\d[-/]\d\d\b",
    re.I,
)
_DATED = re.compile(rf"\d|\b(?:{_MONTH}|{_NUMBER_WORD})\b", re.I)

#: Numbers of national insurance and of the health service.
IDENTITY = re.compile(
    r"\b[a-z]\s?[a-z][\s-]?(?:\d[\s-]?){6}[a-d]\b|\b[1-9]\d{2}[\s-]\d{3}[\s-]\d{4}\b", re.I
)

_REFERRED = (
    r"(?:(?:crime|incident|case|complaint|report|job|log|cad|urn|occurrence|claim|collision|ticket"
    r"|police)\s*(?:reference|ref|number|num|no|nr|id)\b\.?(?:\s*(?:number|no)\b\.?)?"
    r"|(?:reference|ref)\s*(?:number|num|no|nr|id)\b\.?|urn|cad|log|ref|reference)"
)

REFERENCE = re.compile(
    rf"\b{_REFERRED}\.?\s*(?:is|was|it's|:|#|-|=|\()*\s*"
    r"(?P<it>(?:[a-z]{1,4}[\s/.-]?)?\d[\w/.-]*\b(?:[\s/-]+(?=\w*\d)[\w/-]+\b)*)"
    r"|\b\w*\d\w*(?:/\w*\d\w*)+\b|\b[a-z]{1,4}[-/]?\d{5,}\w*\b|\b[a-z]{1,4}(?:-\d+){2,}\b",
    re.I,
)

_AREAS = (
    "ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e "
    "ec eh en ex fk fy g gl gu ha hd hg hp hr hs hu hx ig ip iv ka kt kw ky l la ld le ll ln ls lu "
    "m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp "
    "sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze zz"
)
_AREA = "|".join(r"\s?".join(each) for each in _AREAS.split())

#: What ends as a postcode does and is a day or a time of day.
_NO_UNIT = r"(?:1\s?st|2\s?nd|3\s?rd|\d\s?th|\d\s?am|\d\s?pm)\b"

POSTCODE = re.compile(
    rf"\b[a-z]{{1,2}}\d[a-z\d]?[\s.,:/-]{{0,3}}(?!{_NO_UNIT})\d[a-z]{{2}}\b"
    rf"|\b(?:{_AREA})\s?\d\s?[a-z\d]?[\s.,:/-]{{0,3}}(?!{_NO_UNIT})\d\s?[a-z]\s?[a-z]\b",
    re.I,
)

SPELT_PLATE = re.compile(r"\b[a-z]\s[a-z]\s\d\s\d(?:\s[a-z]){3}\b", re.I)

PLATE = re.compile(
    r"\b(?:reg(?:istration)?|number\s?plate|plate)\s*(?:number|no|plate|mark)?\.?\s*"
    r"(?:is|was|:|of|-|reads?)?\s*(?P<it>(?=[\w-]{0,8}[\s-]?\w{0,3}\d)[a-z\d]{1,7}"
    r"(?:[\s-]?(?=[a-z]*\d)[a-z\d]{1,4})?(?:[\s-]?(?!\s(?:is|was|and|on|in|at|the)\b)"
    r"[a-z]{1,3})?)\b"
    r"|\b(?P<first>[a-z]{2})(?P<a>[\s-]?)\d{2}(?P<b>[\s-]?)(?P<last>[a-z]{3})\b"
    r"|\b(?P<first2>[a-z])(?P<a2>[\s-]?)\d{1,3}(?P<b2>[\s-]?)(?P<last2>[a-z]{3})\b"
    r"|\b(?P<first3>[a-z]{3})[\s-]?\d{1,3}[\s-]?[a-z]\b|\b(?P<first4>[a-z]{3})[\s-]?\d{4}\b",
    re.I,
)

TELEPHONE = re.compile(r"(?<![\w#])\(?\+?[\dOo](?:[\s().\-/,_]{0,3}[\dOo]){6,}(?!\w)")

_SAID = {
    "oh": 1, "o": 1, "zero": 1, "nought": 1, "naught": 1, "nil": 1, "one": 1, "two": 1, "three": 1,
    "four": 1, "five": 1, "six": 1, "seven": 1, "eight": 1, "nine": 1, "ten": 1, "double": 1,
    "triple": 2, "treble": 2, "hundred": 2, "thousand": 3,
}  # fmt: skip
_SAID_WORD = rf"(?:{'|'.join(_SAID)}|\+?\d+)"

SPOKEN = re.compile(rf"\b(?:{_SAID_WORD}[\s,.-]+){{3,}}{_SAID_WORD}\b", re.I)

_WAYS = (
    r"(?:road|rd|street|avenue|ave|lane|ln|close|drive|dr|way|court|crescent|cres|gardens|gdns"
    r"|place|terrace|grove|hill|green|park|walk|mews|square|sq|row|rise|view|path|end|parade"
    r"|broadway|villas|cottages|house|lodge|heights|croft|mead|meadows?|orchard|reach|st)"
)

_HOUSE = r"\d{1,4}\s?[a-z]?(?:\s?[-/]\s?\d+[a-z]?)?"

STREET = re.compile(
    rf"\b(?:(?:flat|apartment|apt|unit)\s*\d+\s?[a-z]?\b(?:,?\s*{_HOUSE})?|{_HOUSE}),?\s+"
    rf"(?P<named>(?:[a-z][\w'-]*\.?\s+){{1,3}}?){_WAYS}\b"
    rf"|\b{_HOUSE}\s+(?P<one>[a-z]{{3,}}(?:way|gate|croft|mead|dene|hurst|bury|leys|wick))\b"
    r"|\b(?:flat|apartment|apt)\.?\s*(?:number|no\.?)?\s*\d+\s?[a-z]?\b"
    r"|\b(?:house|door|number|no)\.?\s*(?:number|no\.?)?\s*\d{1,3}[a-z]\b"
    r"|\b(?:live|living|lives|lived|reside|home|flat|address|moved|stay|staying)\b"
    rf"(?:\s+\w+){{0,2}}?\s+(?:on|in|at|is|to|off|down)\s+"
    rf"(?P<it>(?:[a-z][\w'-]*\s+){{1,3}}?{_WAYS})"
    r"\b",
    re.I,
)
#: One word that may name a street.
STREET_ENDS = re.compile(r"(?:way|gate|croft|mead|dene|hurst|bury|leys|wick)\b", re.I)

_SURE_WAY = re.compile(
    r"(?:road|rd|street|avenue|ave|crescent|court|terrace|mews|lane|gardens)$", re.I
)

_THE_WAY = re.compile(r"(?:street|avenue|crescent|green|close|parade|square|mews|terrace)$", re.I)

#: Words of which one stands in an address of a street, or before one without a number.
STREET_WORDS = words_of(
    "road rd street avenue ave lane ln close drive dr way court crescent cres gardens gdns "
    "place terrace grove hill green park walk mews square sq row rise view path end parade "
    "broadway villas cottages house lodge heights croft mead meadow meadows orchard reach st "
    "flat apartment apt unit door number no"
)

_NOT_NAMED = words_of(
    "mph mile way hour minute year week day car lane storey from on in the our down up of at to "
    "my people live lives living police by near and off along out over a an any this that per "
    "for or with about after is was it"
)


def is_address(found: re.Match) -> bool:
    """Tell whether what has the shape of mail is mail: "@" before one plain word is none."""
    return "@" not in found.group() or found.group().strip("@ ").count("@") > 0


def is_handle(found: re.Match) -> bool:
    """Tell whether what has the shape of a handle is no plain word, day or number."""
    told = (found["it"] or found.group()).lstrip("@ ").casefold()
    letters = told.rstrip("0123456789")
    return not is_ordinary(letters.strip("_.-")) or letters in NAMES | GIVEN


def is_dated(found: re.Match) -> bool:
    """Tell whether a cue of a birthday is followed by a day."""
    return found["it"] is None or _DATED.search(found["it"]) is not None


def is_reference(found: re.Match) -> bool:
    """Tell whether figures with strokes are more than 24/7."""
    return found["it"] is not None or sum(each.isdigit() for each in found.group()) >= 5


def is_plate(found: re.Match) -> bool:
    """Tell whether the letters of a plate are no words of a sentence."""
    if found["it"] is not None or found.group().isupper():
        return True
    first = found["first"] or found["first2"] or found["first3"] or found["first4"] or ""
    last = found["last"] or found["last2"] or ""
    before, after = (found["a"] or found["a2"] or ""), (found["b"] or found["b2"] or "")
    plain = [each in "aiAI" or is_ordinary(each.casefold()) for each in (first, last)]
    if found["first3"] or found["first4"]:
        return not plain[0] and first.casefold() not in _MONTHS
    return not ((plain[0] and before) or (plain[1] and after and (plain[0] or not before)))


def is_telephone(found: re.Match) -> bool:
    """Tell whether figures are a number that is dialled, and no list of years or minutes."""
    told = found.group()
    parts = re.findall(r"[\dOo]+", told)
    if told[0] in "+(0oO":
        return sum(map(len, parts)) >= 7
    return max(map(len, parts)) >= 5


def is_spoken(found: re.Match) -> bool:
    """Tell whether words name seven figures or more."""
    parts = re.findall(r"\w+", found.group().casefold())
    return sum(_SAID.get(part, len(part)) for part in parts) >= 7


def is_street(found: re.Match) -> bool:
    """Tell whether what stands between a number and "road" can name it."""
    if found["one"] is not None:
        return not is_ordinary(found["one"].casefold())
    words = (found["named"] or "").casefold().split()
    if found["it"] is not None:
        between = found["it"].casefold().split()[:-1]
        return not any(each in _NOT_NAMED for each in between) and not all(
            map(is_ordinary, between)
        )
    if words == ["the"]:
        return _THE_WAY.search(found.group()) is not None
    sure = _SURE_WAY.search(found.group()) is not None
    return not any(
        each in _NOT_NAMED or (not sure and each.endswith("s") and is_ordinary(each))
        for each in words
    )


_MONTHS = words_of("jan feb mar apr may jun jul aug sep oct nov dec")
