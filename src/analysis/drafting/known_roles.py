"""Wordings of surveys about contact with a public service, and the roles that they tell."""

from collections.abc import Sequence
from dataclasses import dataclass

_ONE = ("single", "ordered")
_ANY = ("single", "multiple")

#: What asks for an amount, a time or a liking, whatever it is about.
_AMOUNT = r"\bhow (often|many|much|long|likely|far|soon|old|quick|regular)|" \
    r"\bwhen (did|was|have)\b|^when\b|what (time|day)|which day|time of day|frequency"  # fmt: skip

#: What is no way of contact, though people use or prefer it.
_NO_WAY = r"hear(d)? (about|of)|(find|found) out|devices?\b|social media|" \
    r"\bservices?\b.*\bused?\b|language|browser|pronoun|anonym|broadband|internet|\bfeel\b|" \
    r"resolve|newsletter|" \
    r"\b(what|which) (type|kind|sort|part|page|topic|crime|problem|issue)s?\b"  # fmt: skip

#: Words that tell of contact: without one of them, "use" and "prefer" may be about anything.
CONTACT = r"contact|touch|report|method|channel|\bways?\b|reach|speak|spoke|communicat|call|enquir"

#: What asks for a rating, so that answers which are no known scale may be one.
RATING = r"\bhow (happy|satisf|dissatisf|good|bad|easy|difficult|well|confident|safe|important|" \
    r"clear|helpful|useful|fair|polite|friendly|pleased|content|professional|quick|visible|" \
    r"accessible|approachable|likely|worried|concerned|would you (rate|score|describe|sum up)|" \
    r"do you (rate|feel)|did (we|you find)|was (it|your|the)|were (we|you treated))|" \
    r"\brat(e|ing)\b|to what extent|\boverall\b|satisfaction|\bagree\b|\bscore\b|" \
    r"experience"  # fmt: skip

#: What asks for words of people's own.
OPEN = r"^why\b|\bwhy\?$|\bwhy (do|did|would|have|are|is) (you|this|that|we)|\bwhy you\b|" \
    r"(what|how|anything|something|one thing)\b.*\b(would|could|should|can|might|do)\b.*" \
    r"\b(chang(e|ed)|improv(e|ed)|better|differently|like to see)\b|" \
    r"\b(any|further|other|additional|more|your) (\w+ ){0,2}(comments?|feedback|suggestions?|" \
    r"thoughts|views|ideas|details)\b|anything (else|more)|^(comments?|feedback|suggestions?)\b|" \
    r"\b(tell|let) us(?! (which|whether|if|how (old|often|many|much|likely|satisf|easy|happy)|" \
    r"your|the (district|area|ward|name)|where|when|who)\b)|in your own words|" \
    r"please (explain|expand|elaborate|give (us )?(more |further )?(details|reasons|examples)|" \
    r"share|add|write)|" \
    r"\b(please|you|briefly) describe (what|how|why|any|your experience|the|it)\b|" \
    r"^describe\b"  # fmt: skip

#: What is asked with a list of answers, even if the wording begins as an open one.
LISTED = r"ethnic|gender|\bsex\b|religio|orientation|employ|tenure|nationality|\bage\b|disabilit|" \
    r"(which|one) of (the following|these)"  # fmt: skip

#: "Why did you contact us?", which most surveys ask with a list of answers.
WHY_CONTACT = r"why did you (last |first |most recently )?(contact|call|get in touch|visit|ring|" \
    r"report|need to)"  # fmt: skip


#: What people go to or belong to, one of several: a place, and no way of contact.
PLACE = r"((bus |railway |train |fire |health |leisure |community |sports |children s |day |" \
    r"childrens |customer )?(branch|librar(y|ie)|site|surger(y|ie)|practice|clinic|centre|center|" \
    r"hospital|campus|school|college|store|shop|depot|station|garage|hub|venue|gym|pool|museum|" \
    r"estate|park|building|facility|route|line)(e?s)?)"  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What tells a role.

    `kinds` are those that it can have, `answers` what they are ("yes or no", "not yes or no",
    "male or female", "ids" or ""), `words` what its wording has; `weak` tells it too, but may be
    about something else, and what has `never` is something else.
    """

    role: str
    kinds: Sequence[str]
    answers: str = ""
    words: str = r"(?!)"
    weak: str = r"(?!)"
    never: str = r"(?!)"


#: The first that fits a question is taken, so what is special stands before what is general.
WORDINGS = (
    Wording(role="submitted", kinds=("date",),
            words=r"complet|submi|end ?(time|date)|timestamp|recorded ?date|finish|ended|\bend\b"),
    Wording(role="started", kinds=("date",), words=r"start|began|opened|created"),
    Wording(role="respondent", kinds=("text",), answers="ids",
            words=r"\bid\b|respondent|serial|identifier|token|_id$|responseid"),
    Wording(role="weight", kinds=("weight",), words=r""),
    Wording(role="wave", kinds=_ONE, answers="not yes or no", words=r"^(survey )?wave\b"),
    Wording(role="age", kinds=("single", "number"), words=r"\bage\b|how old|\bage ?(group|band)\b",
            never=r"child|property|at what age|under the age"),
    Wording(role="sex", kinds=_ONE, words=r"\b(sex|gender)\b|male or female",
            never=r"registered|same as|assigned|orientation|how often"),
    Wording(role="sex", kinds=_ONE, answers="male or female",
            words=r"^(are you|you are|i am|do you|how (do|would) you|which)\b",
            never=r"registered|same as|assigned|child|partner"),
    Wording(role="disability", kinds=_ONE,
            words=r"disab|impairment|health (condition|problem)|activities.*limited|"
            r"(physical|mental) (health )?condition|long[- ]term (condition|illness|health)",
            weak=r"long[- ]term"),
    Wording(role="was_preferred", kinds=_ONE, answers="yes or no",
            words=r"\b(was|were|did|is)\b.*\b(prefer|choice|"
            r"(how|the way) (that )?you (want|like|chose|would))|"
            r"first choice|wanted to use", weak=r"prefer|choice",
            never=rf"^would you|prefer to|will you|{_NO_WAY}"),
    Wording(role="contacted", kinds=_ONE, answers="yes or no",
            words=r"\b(have|had|did|has)\b.*\b(contact(ed)?|in touch|report(ed)?)\b|"
            r"^(contact|contacted|contact made|made contact)\b",
            weak=r"\bcontact(ed)?\b|\b(have|had|did) you\b.*\b(spoken|called|phoned|visited)\b",
            never=r"\b(may|can|could|would|will|happy|agree|consent|permission|willing|wish|want|"
            r"like)\b.*\b(contact|touch)|contact(ed)? (you|by)\b|\bbe contacted|complain|satisf|"
            r"resolve|repl(y|ied)|\bprefer|details|\bknow\b|aware|easily|able to|wanted"),
    Wording(role="connection", kinds=_ONE, answers="not yes or no",
            words=r"(live|work|study).*\bor\b.*(live|work|study|visit)|"
            r"connection (to|with)|your link (to|with)|"
            r"(answer|respond|complet|reply)ing.*\bas\b|\bresident\b.*\bor\b|"
            r"\bare you an? .*resident|\bi (live|work|visit)\b",
            never=rf"{_AMOUNT}|contact|"
                  r"\b(which|what) (part|area|district|borough|ward|town|region)\b"),
    Wording(role="district", kinds=_ONE, answers="not yes or no",
            words=r"\b(district|borough|ward|parish|local authority|council area|policing area)\b|"
            r"(which|what)\b.*\b(town|county|region|council|areas?|part|neighbourhood)\b.*"
            r"\b(live|home|nearest|from|in)\b|where (do|did) you live|"
            r"^(which |your |local )*(ward|region|area|county|town)\??$|"
            rf"^(which |what |your |local |home |main |usual |nearest )*{PLACE}( name)?\??$|"
            rf"\b(which|what)( \w+){{0,3}} {PLACE}\b.*\b(do|did|are|have|is|does)\b.*"
            r"\b(use|used|visit|visited|nearest|closest|registered|attend|go to|based|belong|study|"
            r"live|living|member|come to|yours|usually|most often|most)\b|"
            rf"\b(nearest|closest|local|usual|home) {PLACE}\b",
            weak=r"which (town|county|region|council|area|part)",
            never=rf"^how|\bhow (safe|satisf|well|often|long)|feel|{_AMOUNT}|problem|concern|"
            r"issue|prefer|contact|in touch|rather|service"),
    Wording(role="video_place", kinds=_ANY, answers="not yes or no",
            words=r"\bwhere\b.*(video|use it|use this)"),
    Wording(role="video_use", kinds=("ordered",), words=r"video"),
    Wording(role="preferred", kinds=_ANY, answers="not yes or no",
            words=r"\bprefer(red|ence)?\b|would you (rather|like to|choose|most like|want to)|"
            r"favourite|suits? you best|would be your (first|ideal|preferred)|could choose|\bideal|"
            r"(in (the )?future|next time|tomorrow).*\b(how|which|what)\b|"
            r"\b(how|which|what)\b.*(in (the )?future|next time)",
            never=rf"{_AMOUNT}|{_NO_WAY}|\bsee\b|chang|improv"),
    Wording(role="reason", kinds=("single",), answers="not yes or no",
            words=r"\b(what was|what were|what is|what did)\b.*\babout\b|"
            r"what d(id|o) you.*\b(contact|call|ring|visit)\b.*\bfor\b|"
            r"reason.*\b(contact|call|visit|enquir|touch)|nature of.*(contact|enquir|call)|"
            rf"what (were you|did you) (report|contact|call)|{WHY_CONTACT}",
            never=rf"{_AMOUNT}|prefer"),
    Wording(role="used_last", kinds=("single",), answers="not yes or no",
            words=rf"(?=.*({CONTACT}|\buse))(?=.*\b(how|which|what|method|channel)\b)"
            r".*\b(most recent(ly)?|latest|last(?! (few |\w+ )?(year|month|week|day)))\b",
            never=rf"{_AMOUNT}|{_NO_WAY}|would you|satisf|\babout\?|easy|"
            rf"\b(which|what)( \w+){{0,3}} {PLACE}\b(?!.*{CONTACT})"),
    Wording(role="used", kinds=_ANY, answers="not yes or no",
            words=rf"(?=.*({CONTACT}))(how|which|what|ways?)\b.*\b(have|did|do|had)\b.*(use|contact|"
            rf"touch|tried|report|reach|speak|communicat)|(?=.*({CONTACT}))(methods?|channels?|ways?)\b.*used|"
            r"^(contact (method|channel)|(method|way|channel)s? of (contact|communication))\b",
            weak=r"\b(how|which|what)\b.*\b(have|did|do|had) you.*\bused?\b|channels? used",
            never=rf"{_AMOUNT}|{_NO_WAY}|would you|prefer|satisf|easy|about\b|"
            rf"\b(which|what)( \w+){{0,3}} {PLACE}\b(?!.*{CONTACT})"),
    Wording(role="ease", kinds=("ordered",), words=r"\beas(y|e|ily|ier)\b|difficult|\bsimple\b|"
            r"straightforward", weak=r"effort|quick"),
    Wording(role="visibility", kinds=("ordered",),
            words=r"visib|how often do you see|\bsee\b.*(officer|police|pcso|warden|patrol)",
            never=r"important|like to"),
    Wording(role="accessibility", kinds=("ordered",), words=r"accessib|approachab"),
    Wording(role="satisfaction", kinds=("ordered",),
            words=r"satisf|\bhow (happy|pleased|content)\b|"
            r"(rate|overall|quality).*(service|contact|response|experience|call|visit|handl|support)"
            r"|overall (rating|experience)|"
            r"how well (did|was|were|do)\b|how (did|do) we do",
            weak=r"experience|how (well|good)|handled|\boverall\b",
            never=r"\bsafe|confident|recommend|likely|how often|trust|worried|good a job"),
    Wording(role="change_why", kinds=("text",),
            words=r"^why\b|\bwhy\?$|why would|\bwhy (do )?(you )?(say|think|feel|gave|give)|"
            r"the reasons? (for|behind|why)|\bwhy you\b", weak=r"the reason", never=WHY_CONTACT),
    Wording(role="change", kinds=("text",),
            words=r"\b(would|could|should|can|might|to)\b.*\b(chang(e|ed)|improv(e|ed)|better|"
            r"differently)\b|\bmake\b.*\b(easier|simpler)\b|suggest|^(changes?|improvements?)\b",
            weak=r"\bchange|improve|better\b|differently", never=r"feel about"),
)  # fmt: skip

ROLES = {wording.role for wording in WORDINGS}
