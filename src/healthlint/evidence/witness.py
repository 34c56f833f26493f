"""Evidence: words that call research to witness, and which of them need a source."""

from __future__ import annotations

from collections.abc import Iterable

from healthlint.language.annotation import Evidence


def find_evidence(hits: Iterable[tuple[str, int, int]]) -> tuple[Evidence, ...]:
    """Evidence of one sentence from the matches of the evidence patterns: (kind, start, end).

    Words that say evidence is lacking, and a paper's words about its own work, call nothing to witness: what they
    overlap is dropped. Of overlapping matches of one kind the longest is kept.
    """
    found: list[Evidence] = []
    void: list[tuple[int, int]] = []
    for kind, start, end in hits:
        if kind in ("lacking", "own-work"):
            void.append((start, end))
        else:
            found.append(Evidence(kind, start, end))
    kept: list[Evidence] = []
    for evidence in sorted(found, key=lambda e: (e.start, -e.end)):
        if any(start < evidence.end and evidence.start < end for start, end in void):
            continue
        if any(k.kind == evidence.kind and k.start <= evidence.start < k.end for k in kept):
            continue
        kept.append(evidence)
    return tuple(kept)
