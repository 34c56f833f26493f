"""Inflections of a word: the plural of a noun and the forms of a verb, by spelling rules and a table of exceptions."""

from __future__ import annotations

from functools import cache

_VERBS = """
arise arose arisen|bear bore borne|beat beat beaten|become became become|begin began begun|bind bound bound
bite bit bitten|bleed bled bled|break broke broken|breed bred bred|bring brought brought|build built built
burn burnt burnt|buy bought bought|catch caught caught|choose chose chosen|come came come|cost cost cost|cut cut cut
deal dealt dealt|do did done|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen
feed fed fed|feel felt felt|fight fought fought|find found found|forget forgot forgotten|freeze froze frozen
get got gotten|give gave given|go went gone|grow grew grown|have had had|hear heard heard|hit hit hit|hold held held
hurt hurt hurt|keep kept kept|know knew known|lead led led|learn learnt learnt|leave left left|let let let|lie lay lain
lose lost lost|make made made|mean meant meant|meet met met|overcome overcame overcome|pay paid paid|put put put
quit quit quit|read read read|rebuild rebuilt rebuilt|regrow regrew regrown|rewind rewound rewound|ride rode ridden
ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent
set set set|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk
shut shut shut|sink sank sunk|sit sat sat|sleep slept slept|speak spoke spoken|spend spent spent|split split split
spread spread spread|stand stood stood|stick stuck stuck|sting stung stung|strike struck struck|swell swelled swollen
swim swam swum|take took taken|teach taught taught|tell told told|think thought thought|throw threw thrown
undergo underwent undergone|understand understood understood|undo undid undone|wake woke woken|wear wore worn
win won won|wind wound wound|withdraw withdrew withdrawn|withstand withstood withstood|write wrote written
"""
_PASTS = {
    row.split()[0]: tuple(row.split()[1:]) for line in _VERBS.strip().splitlines() for row in line.split("|")
}  # fmt: skip
_WHOLE = {
    "be": ("be", "am", "is", "are", "was", "were", "been", "being"),
    "have": ("have", "has", "had", "having"),
    "do": ("do", "does", "did", "done", "doing"),
    "go": ("go", "goes", "went", "gone", "going"),
    "lie": ("lie", "lies", "lay", "lain", "lied", "lying"),
    "die": ("die", "dies", "died", "dying"),
    "tie": ("tie", "ties", "tied", "tying"),
    "dye": ("dye", "dyes", "dyed", "dyeing"),
    "age": ("age", "ages", "aged", "aging", "ageing"),
    "quiz": ("quiz", "quizzes", "quizzed", "quizzing"),
    "child": ("child", "children"), "grandchild": ("grandchild", "grandchildren"),
    "man": ("man", "men"), "woman": ("woman", "women"), "person": ("person", "people", "persons"),
    "foot": ("foot", "feet"), "tooth": ("tooth", "teeth"), "mouse": ("mouse", "mice"),
    "diagnosis": ("diagnosis", "diagnoses"), "analysis": ("analysis", "analyses"),
    "meta-analysis": ("meta-analysis", "meta-analyses"), "crisis": ("crisis", "crises"),
    "prognosis": ("prognosis", "prognoses"), "psychosis": ("psychosis", "psychoses"),
    "hypothesis": ("hypothesis", "hypotheses"), "metastasis": ("metastasis", "metastases"),
    "bacterium": ("bacterium", "bacteria"), "criterion": ("criterion", "criteria"),
    "phenomenon": ("phenomenon", "phenomena"), "datum": ("datum", "data"), "virus": ("virus", "viruses"),
    "life": ("life", "lives"), "knife": ("knife", "knives"), "wife": ("wife", "wives"), "half": ("half", "halves"),
    "leaf": ("leaf", "leaves"), "shelf": ("shelf", "shelves"), "calf": ("calf", "calves"), "loaf": ("loaf", "loaves"),
    "hero": ("hero", "heroes"), "series": ("series",), "species": ("species",), "calculus": ("calculus", "calculi"),
}  # fmt: skip
_BOTH = {"learn": "learned", "burn": "burned", "show": "shown", "swell": "swelled", "shine": "shined", "get": "got"}

_VOWELS = "aeiou"
_DOUBLING = frozenset({
    "admit", "begin", "commit", "compel", "confer", "control", "defer", "emit", "equip", "excel", "expel", "forget",
    "format", "incur", "infer", "occur", "omit", "outrun", "outwit", "patrol", "permit", "prefer",
    "propel", "rebel", "rebut", "recur", "refer", "regret", "rerun", "reset", "shred", "submit", "transfer", "transmit",
    "upset", "unplug", "unwrap", "uncap",
})  # fmt: skip
_BRITISH = frozenset({
    "cancel", "channel", "counsel", "fuel", "label", "level", "model", "quarrel", "signal", "total", "travel", "tunnel",
    "unravel", "dial", "shovel", "fulfil", "instil", "distil", "enrol", "program", "focus", "worship", "bias", "equal",
    "rival", "panel", "jewel", "benefit",
})  # fmt: skip
"""Words that double their last letter in one spelling and keep it single in the other."""
_EE = ("ee", "oe", "ye")


@cache
def inflections(word: str) -> tuple[str, ...]:
    """All forms of `word`: itself, plural or -s, past forms, -ing. Of a hyphenated word the last part is inflected.

    A verb and a noun are not told apart, so some forms are no words; those do no harm, since nobody writes them.
    """
    word = word.lower()
    if word in _WHOLE:
        return _WHOLE[word]
    head, hyphen, tail = word.rpartition("-")
    if hyphen:
        return tuple(f"{head}-{form}" for form in inflections(tail))
    pasts = _PASTS.get(word) or _pasts(word)
    also = (_BOTH[word],) if word in _BOTH else ()
    return tuple(dict.fromkeys((word, _plural(word), *pasts, *also, *_ings(word))))


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS and len(word) > 2:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")) and not word.endswith("stomach"):
        return word + "es"
    return word + "s"


def _doubled(word: str) -> tuple[bool, bool]:
    """Whether a form with a doubled last letter exists, and whether one without does."""
    if word in _BRITISH:
        return True, True
    if word in _DOUBLING:
        return True, False
    short = len(word) >= 3 and word[-1] not in _VOWELS + "wxyh" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    one_syllable = sum(a in _VOWELS + "y" for a in word) == 1 or (word.startswith("qu") and len(word) == 4)
    qu = word.startswith("qu") and len(word) == 4 and word[-1] not in _VOWELS
    return (True, False) if (short and one_syllable) or qu else (False, True)


def _pasts(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        return (word + "d",)
    if word.endswith("y") and word[-2:-1] not in _VOWELS and len(word) > 2:
        return (word[:-1] + "ied",)
    double, single = _doubled(word)
    return (*((word + word[-1] + "ed",) if double else ()), *((word + "ed",) if single else ()))


def _ings(word: str) -> tuple[str, ...]:
    if word.endswith("ie"):
        return (word[:-2] + "ying",)
    if word.endswith("e") and not word.endswith(_EE) and len(word) > 2:
        return (word[:-1] + "ing",)
    if word.endswith("c"):
        return (word + "king", word + "ing")
    double, single = _doubled(word)
    return (*((word + word[-1] + "ing",) if double else ()), *((word + "ing",) if single else ()))
