"""What identifies a finding from one run to the next, however the text around its sentence moves."""

from __future__ import annotations

from hashlib import sha256

from healthlint.findings import Finding


def fingerprint(finding: Finding) -> str:
    """A hash of the rule, the words found, the sentence without its white space, and which of its equals it is."""
    sentence = " ".join(finding.sentence.split())
    key = "\0".join((finding.rule, finding.text.casefold(), sentence, str(finding.occurrence)))
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
