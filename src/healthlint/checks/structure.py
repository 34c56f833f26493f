"""The `structure` check: empty sections, lead-ins to nothing, lists not given, repetition, contradictions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from healthlint.checks.candidate import Candidate
from healthlint.checks.citation import is_cited
from healthlint.checks.pair import Pair, pairs_of
from healthlint.documents.blocks import BlockKind
from healthlint.language.annotation import WORD, AnnotatedDocument, Sentence
from healthlint.language.cues import NEGATION
from healthlint.language.matching import any_match
from healthlint.rules.model import Rule, StructureCheck

_HEADINGS = (BlockKind.HEADING,)
_LISTED = (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUOTATION)
_REPEATING = (BlockKind.TABLE_CELL, BlockKind.TITLE, BlockKind.FRONT_MATTER)
"""What may be there twice: the title in the front matter is that of the page."""
_LINES = (BlockKind.LIST_ITEM, BlockKind.LINK, BlockKind.HEADING, BlockKind.TABLE_CELL)
_BACK = re.compile(r"(?:these|this|those|such|as you can see|by doing so)\b", re.I)
_PROMISE = re.compile(
    r"\b(?:below|following|here)\b[^.?!]{0,40}?\b(?:you(?:'|’)ll find|you will find|are|is)\b[^.?!]{0,30}?"
    r"\b(?:list|collection|table|reviews?|testimonials?|photos|gallery|selection|stories)\b",
    re.I,
)
_BACK_TO_RISKS = re.compile(
    r"\b(?:these|those|such)\s+(?:\w+\s+)?(?:risks?|side effects|concerns|reactions|symptoms|effects|warnings)\b",
    re.I,
)
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_WORD_CHARACTERS = re.compile(r"\w{2,}")
_REPEATED_WORDS = 6
"""Shorter sentences are repeated for good reasons."""
_TEMPLATE_ITEMS = 4

_REPEATED_RUN = 9
"""So many words in a row are not repeated by chance."""

Problem = tuple[int, str] | tuple[int, str, int, int]
"""Index of the sentence, what is wrong, and the offsets of the words where that is not the whole sentence."""


def check(rule: Rule, document: AnnotatedDocument) -> Iterator[Candidate]:
    """Places in the document whose structure shows the rule's problem."""
    asked = rule.check
    assert isinstance(asked, StructureCheck)
    for index, detail, *span in _PROBLEMS[asked.problem](document):
        sentence = document.sentences[index]
        if asked.headings and not any_match(asked.headings, sentence.view):
            continue
        start, end = span or (0, len(sentence.text))
        data = (("match", sentence.words(start, end)), ("detail", detail))
        yield Candidate(rule, index, start, end, data, "block")


def _dangling_references(document: AnnotatedDocument) -> Iterator[Problem]:
    from healthlint.evidence.notes import dangling_notes

    for note, missing, holdings in dangling_notes(document):
        words = document.sentences[note.sentence].words(note.start, note.end)
        start = note.end - len(words.lstrip())
        yield note.sentence, f"no entry {', '.join(missing)}; the list has {holdings}", start, note.end


def _empty_sections(document: AnnotatedDocument) -> Iterator[Problem]:
    """Headings with nothing under them.

    In plain text the level of a heading is a guess, so there only a heading that ends in a colon counts, or one that is
    followed by such a heading.
    """
    sentences = document.sentences
    guessed = document.document.format == "text"
    for index, sentence in enumerate(sentences):
        if sentence.block.kind not in _HEADINGS or _unread_text_after(document, index):
            continue
        after = _after_block(sentences, index)
        following = sentences[after] if after < len(sentences) else None
        announces = _ends_in_colon(sentence)
        if following is None:
            if announces or not guessed:
                yield index, "nothing follows the heading"
        elif following.block.kind in _HEADINGS:
            colon_after = _ends_in_colon(following)
            if (guessed and announces and (colon_after or _is_section(following))) or (
                not guessed and following.block.level <= sentence.block.level
            ):
                yield index, "the next heading follows at once"
        elif (
            guessed
            and announces
            and following.block.kind is BlockKind.PARAGRAPH
            and (_BACK.match(following.text) or _BACK_TO_RISKS.search(following.text))
        ):
            yield index, "the text goes on without what the heading announces"


def _after_block(sentences: tuple[Sentence, ...], index: int) -> int:
    """The index of the first sentence behind the block of this one."""
    block = sentences[index].block_index
    index += 1
    while index < len(sentences) and sentences[index].block_index == block:
        index += 1
    return index


def _ends_in_colon(sentence: Sentence) -> bool:
    return bool(sentence.tokens) and sentence.tokens[-1].norm == ":"


def _unread_text_after(document: AnnotatedDocument, index: int) -> bool:
    """Whether something that is no prose, such as a block of code, stands between this block and the next one."""
    if document.document.format == "text":
        return False
    block, text = document.sentences[index].block, document.document.source.text
    after = _after_block(document.sentences, index)
    start = block.source_span(0, len(block.text))[1]
    end = document.sentences[after].block.source_span(0, 1)[0] if after < len(document.sentences) else len(text)
    between = _MARKUP.sub("", text[start:end])
    return bool(_WORD_CHARACTERS.search(between))


def _is_section(heading: Sentence) -> bool:
    """Whether a plain-text heading opens a section of its own rather than being a line of an unmarked list."""
    return sum(t.kind == WORD for t in heading.tokens) >= 2


def _empty_lead_ins(document: AnnotatedDocument) -> Iterator[Problem]:
    sentences = document.sentences
    for index, sentence in enumerate(sentences):
        if not _ends_in_colon(sentence) or sentence.block.kind is not BlockKind.PARAGRAPH:
            continue
        if sentence.end < len(sentence.block.text.rstrip()) or _unread_text_after(document, index):
            continue
        following = sentences[index + 1] if index + 1 < len(sentences) else None
        if following is None:
            yield index, "nothing follows"
        elif (
            following.block.kind in _HEADINGS
            and following.text.rstrip()[-1:] != ":"
            and _is_section(following)
            and not _short_lines(sentences, index)
        ):
            yield index, "a heading follows at once"
        elif following.block.kind is BlockKind.PARAGRAPH and _BACK.match(following.text):
            yield index, "the text goes on as if the list had been given"


def _short_lines(sentences: tuple[Sentence, ...], index: int) -> bool:
    """Whether at least two short lines follow, which may be a list without its marks."""
    following = sentences[index + 1 : index + 3]
    return len(following) == 2 and all(len(s.tokens) <= 14 and s.text.rstrip()[-1:] not in ".!" for s in following)


def _promised_lists(document: AnnotatedDocument) -> Iterator[Problem]:
    sentences = document.sentences
    for index, sentence in enumerate(sentences):
        low = sentence.view.low
        if not ("here" in low or "follow" in low or "below" in low) or not _PROMISE.search(sentence.text):
            continue
        after = _after_block(sentences, index)
        if after >= len(sentences) or not _is_listed(sentences[after]):
            yield index, "what is promised does not follow"


def _is_listed(sentence: Sentence) -> bool:
    return sentence.block.kind in _LISTED or sentence.text.lstrip()[:1] in "\"“'‘"


def _duplicates(document: AnnotatedDocument) -> Iterator[Problem]:
    """Sentences that stand twice, and claims of which a long run of words stands in another sentence too."""
    seen: dict[tuple[str, ...], int] = {}
    runs: dict[tuple[str, ...], int] = {}
    for index, sentence in enumerate(document.sentences):
        if sentence.block.kind in _REPEATING:
            continue
        words = tuple([norm for norm, _, _, kind in sentence.tokens if kind == WORD])
        if len(words) < _REPEATED_WORDS and sentence.block.kind not in _HEADINGS:
            continue
        if len(words) < 3:
            continue
        if words in seen:
            yield index, f"the same words stand in line {_line(document, seen[words])}"
            continue
        seen[words] = index
        if sentence.claims:
            yield from _repeated_run(document, index, words, runs)


def _repeated_run(
    document: AnnotatedDocument, index: int, words: tuple[str, ...], runs: dict[tuple[str, ...], int]
) -> Iterator[Problem]:
    """The longest run of words that an earlier claim has too; the sentence's own runs are added to `runs`."""
    own = [words[i : i + _REPEATED_RUN] for i in range(len(words) - _REPEATED_RUN + 1)]
    if not runs.keys().isdisjoint(own):
        first = next(i for i, run in enumerate(own) if run in runs)
        last = first
        while last + 1 < len(own) and runs.get(own[last + 1]) == runs[own[first]]:
            last += 1
        line = _line(document, runs[own[first]])
        tokens = [token for token in document.sentences[index].tokens if token.kind == WORD]
        yield index, f"these words stand in line {line} too", tokens[first].start, tokens[last + _REPEATED_RUN - 1].end
    for run in own:
        runs.setdefault(run, index)


def _line(document: AnnotatedDocument, index: int) -> int:
    return document.document.source.position(_offset(document.sentences[index]))[0]


def _offset(sentence: Sentence) -> int:
    return sentence.block.source_span(sentence.start, sentence.end)[0]


def _templates(document: AnnotatedDocument) -> Iterator[Problem]:
    """Lists in which one name is put before "for" with one condition after another."""
    groups: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(document.sentences):
        medicines = sentence.view.by_lexicon.get("medicine")
        if medicines and sentence.block.kind in _LINES and any(m.first == 0 for m in medicines):
            words = [t.norm for t in sentence.tokens[:6]]
            if "for" in words[1:4]:
                groups[" ".join(words[: words.index("for") + 1])].append(index)
    for stem, indices in groups.items():
        if len(indices) >= _TEMPLATE_ITEMS:
            yield indices[0], f"{len(indices)} items begin with “{stem}”"


def _contradictions(document: AnnotatedDocument) -> Iterator[Problem]:
    """A medicine offered for a condition in one place and denied for it in another, neither with a source."""
    # Few documents deny any use, and only then it is worth looking for what they offer.
    if not any(_has_denied_pair(document, index) for index in range(len(document.sentences))):
        return
    offered: dict[tuple[str, str], int] = {}
    denied: dict[tuple[str, str], int] = {}
    for index, sentence in enumerate(document.sentences):
        for pair in pairs_of(document, index):
            if is_cited(document, index) or any(c.kind == "question" for c in sentence.cues):
                continue
            negated = _is_denied(pair, sentence)
            (denied if negated else offered).setdefault((pair.medicine.lower(), pair.condition), index)
    for key in sorted(offered.keys() & denied.keys()):
        first, second = sorted((offered[key], denied[key]))
        line = _line(document, first)
        yield second, f"line {line} says the opposite about {key[0]}"


def _has_denied_pair(document: AnnotatedDocument, index: int) -> bool:
    sentence = document.sentences[index]
    for cue in sentence.cues:
        if cue.kind == NEGATION:
            return any(_is_denied(pair, sentence) for pair in pairs_of(document, index))
    return False


def _is_denied(pair: Pair, sentence: Sentence) -> bool:
    for kind, _, start, _, scope_start, scope_end in sentence.cues:
        if kind == NEGATION and (scope_start <= pair.start < scope_end or pair.start <= start < pair.end):
            return True
    return False


_PROBLEMS: dict[str, Callable[[AnnotatedDocument], Iterator[Problem]]] = {
    "empty-section": _empty_sections,
    "empty-lead-in": _empty_lead_ins,
    "promised-list-missing": _promised_lists,
    "duplicate-sentence": _duplicates,
    "repeated-template": _templates,
    "contradiction": _contradictions,
    "dangling-reference": _dangling_references,
}
