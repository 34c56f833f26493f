"""Superlatives and comparatives of merit: the built-in places for "the gentlest" and "more reliable".

They are told from their form: an ending, or `most`, `more`, `least`, `less` before an adjective. What no seller boasts
of is left out: the largest trial, the most common side effect, a higher dose. So is `best`, which has too many plain
uses.
"""

from __future__ import annotations

from collections.abc import Sequence

from healthlint.language.annotation import WORD, Mention, Token

_NO_SUPERLATIVES = frozenset(
    """
    test rest chest honest forest west interest request digest harvest invest protest contest guest nest pest latest
    manifest suggest modest arrest detest ingest congest attest zest quest crest vest jest lest behest conquest
    earnest tempest everest divest infest incest inquest bequest retest pretest immodest dishonest northwest
    southwest midwest molest budapest bucharest furthest farthest nearest
    """.split()
)
"""Words that only end like a superlative, or say nothing but where or when."""
_PLAIN = frozenset(
    """
    large big small tiny cool shady high low old young long short early late near far great slight broad narrow wide
    tall thin thick dense dry wet hot cold warm heavy hard weak poor bad sick ill rare tight loud quiet dark pale
    fat few sad scary ugly nasty harsh steep slow busy tired close full bold odd strange strict angry hungry lonely
    itchy flaky oily greasy puffy sore pricey costly likely deadly elderly worthy common frequent severe serious
    important recent vulnerable dangerous significant prevalent aggressive invasive sensitive susceptible difficult
    expensive stressful painful harmful basic typical relevant critical appropriate suitable cautious conservative
    extensive noticeable visible obvious troublesome infectious contagious intensive active essential vital crucial
    addictive toxic acidic abundant destructive prominent resistant dominant usual possible hazardous problematic
    dramatic negative fatal lethal disruptive fragile chronic acute symptomatic obese physical medical clinical
    social financial mental emotional sexual general additional specific controversial central distal proximal
    ancient urgent apparent dependent different tragic traumatic commercial chemical electrical biological
    environmental cultural political personal individual national local hospital several movable new cheap fearful
    distressful doubtful reluctant anxious nervous curious conscious pregnant modifiable treatable manageable
    reversible preventable variable predictable detectable measurable comparable excitable irritable curable
    correctable inherited heritable applicable available unstable believable influential characteristic
    representative restrictive widespread evident familiar unusual
    """.split()
)
"""Qualities that nobody sells: size, age, time, number, harm, importance, and adjectives that only tell a sort."""
_MERITS = frozenset(
    """
    strong fast quick gentle kind pure safe clean healthy smooth soft bright fresh smart simple easy deep rich clear
    calm happy fit lean slim firm sleek shiny fine sharp wise nice handy tasty steady sturdy comfy swift tough
    advanced experienced trusted loved recommended respected qualified skilled concentrated refined renowned
    celebrated sophisticated personalised personalized talented dedicated sought absorbed tolerated highly complete
    robust relaxing soothing nourishing hydrating satisfying convenient modern precise accurate proven popular
    rejuvenating restful luxurious well bioavailable
    """.split()
)
_NOT_MUCH = frozenset("invasive painful irritating harsh toxic addictive drying greasy sedating intrusive".split())
_FORMS = ("er", "est")
_BEFORE_ADJECTIVES = frozenset(("most", "least", "more", "less"))
_ENDINGS = ("ive", "ful", "able", "ible", "ous", "ant", "ic", "al")
_NOUNS = frozenset(
    """
    animal material hospital capital total trial goal meal deal signal journal rental referral removal individual
    professional approval arrival clinic topic logic music fabric public mechanic medic antibiotic probiotic
    prebiotic plant implant consultant transplant infant participant assistant restaurant constant relevant
    antioxidant stimulant oral nasal dental table vegetable variable handful mouthful spoonful mineral chemical
    pharmaceutical alternative adhesive additive preservative laxative relative initiative objective narrative
    detective native
    """.split()
)
_OWNERS = frozenset("the our my your their its his her and".split())
_TOLD_ALONE = _BEFORE_ADJECTIVES.union(
    ["better"], *((f"{word}er", f"{word + word[-1]}er", f"{word[:-1]}er", f"{word[:-1]}ier") for word in _MERITS)
)
"""Every comparative that is told without the word after it, and letters that make none."""


def degrees(tokens: tuple[Token, ...], norms: Sequence[str], low: str, text: str) -> list[Mention]:
    """Mentions of the places `superlative` and `comparative` in one sentence, in order of place.

    `norms` are the words of the tokens, `low` the sentence in lower case.
    """
    found: list[Mention] = []
    if not _may_compare(norms, low):
        return found
    count = len(tokens)
    for i, word in enumerate(norms):
        if len(word) < 4 or not (word.endswith(_FORMS) or word in _BEFORE_ADJECTIVES) or tokens[i].kind != WORD:
            continue
        following = norms[i + 1] if i + 1 < count else ""
        if word in ("most", "least"):
            if _owned(norms, i) and _boast(following, less=word == "least"):
                found.append(_mention("superlative", tokens, i, i + 2))
        elif word in ("more", "less"):
            if _boast(following, less=word == "less"):
                found.append(_mention("comparative", tokens, i, i + 2))
        elif word == "better":
            found.append(_mention("comparative", tokens, i, i + 1))
        elif word.endswith("est") and not word.endswith("crest"):
            if len(word) > 4 and word not in _NO_SUPERLATIVES and _PLAIN.isdisjoint(_bases(word[:-3])):
                if _is_coined(text[tokens[i].start : tokens[i].end]):
                    continue
                found.append(_mention("superlative", tokens, i, i + 1))
        elif (word.endswith("er") and not _MERITS.isdisjoint(_bases(word[:-2]))) or (
            word.endswith("ier") and following == "than" and _PLAIN.isdisjoint(_bases(word[:-2]))
        ):
            found.append(_mention("comparative", tokens, i, i + 1))
    return found


def _may_compare(norms: Sequence[str], low: str) -> bool:
    """Whether looking at every word is worth the while."""
    return "est" in low or not _TOLD_ALONE.isdisjoint(norms) or ("than" in norms and "ier" in low)


def _is_coined(word: str) -> bool:
    """Whether a capital within the word makes it a name: "DeepRest"."""
    return any(map(str.isupper, word[1:])) and not word.isupper()


def _bases(stem: str) -> tuple[str, ...]:
    """What an adjective may have been before its ending: safe, healthy, slim."""
    if stem.endswith("i"):
        return (stem[:-1] + "y",)
    if len(stem) > 2 and stem[-1] == stem[-2]:
        return (stem, stem[:-1])
    return (stem, stem + "e")


def _owned(words: Sequence[str], i: int) -> bool:
    """Whether "most" is no "most people": it follows an article, an owner, a comma or an "and"."""
    before = words[i - 1] if i else ""
    return before in _OWNERS or before.endswith("'s") or before == ","


def _boast(word: str, *, less: bool) -> bool:
    """Whether more of `word` (or less of it) is a merit."""
    if less:
        return word in _NOT_MUCH
    plain = (word[:-2], word[:-2] + "e", word[:-3] + "y", word[:-4]) if word.endswith("ly") else (word,)
    if not _PLAIN.isdisjoint((*plain, word)):
        return False
    if not _MERITS.isdisjoint(plain):
        return True
    if word in _NOUNS:
        return False
    return any(w.endswith(_ENDINGS) or (w.endswith("ent") and not w.endswith("ment")) for w in plain) and word not in (
        "patient", "percent", "content", "agent", "event", "student", "talent", "parent", "adolescent", "ingredient",
        "nutrient", "accident",
    )  # fmt: skip


def _mention(lexicon: str, tokens: tuple[Token, ...], first: int, last: int) -> Mention:
    norm = " ".join(t.norm for t in tokens[first:last])
    return Mention(lexicon, norm, first, last, tokens[first].start, tokens[last - 1].end)
