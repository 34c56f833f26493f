"""`healthlint annotate`: what the linter sees in each sentence, for those who write rules and for programs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from healthlint.cli.output import put, tell
from healthlint.cli.parsing import Parser, fields, list_of, one_of
from healthlint.config import Configs, Overrides
from healthlint.discovery import File, discover
from healthlint.errors import UserError
from healthlint.reports.wording import printable
from healthlint.rules.vocabulary import PROFILES
from healthlint.run import STDIN, is_records, pack_for

if TYPE_CHECKING:
    from healthlint.documents.blocks import Document
    from healthlint.documents.source import Source
    from healthlint.findings import Finding
    from healthlint.language.annotation import AnnotatedDocument, Sentence
    from healthlint.rules.pack import Pack


def configure(parser: Parser) -> None:
    """Declare the arguments."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, or - for standard input")
    add("--stdin-filename", metavar="PATH", help="the name of standard input, for its format and configuration")
    add("--format", type=one_of("format", ("text", "json")), default="text", metavar="NAME",
        help="text | json (an object for each sentence, one a line)")  # fmt: skip
    add("--profile", type=list_of("profile", PROFILES), action="extend", metavar="NAMES", help=", ".join(PROFILES))
    add("--config", metavar="FILE", help="this configuration instead of the nearest .healthlint.yaml")
    add("--records", metavar="FIELDS", type=fields,
        help="read these fields of each record in .jsonl, .csv and .tsv files: body, or title,body:html")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Annotate each file; 2 if one of them cannot be read."""
    if not args.paths:
        raise UserError("which files to annotate is not told", hint="name files, folders, or - for standard input")
    overrides = Overrides(profiles=None if args.profile is None else tuple(args.profile))
    configs = Configs(overrides, Path(args.config) if args.config else None)
    found = discover(tuple(path for path in args.paths if path != STDIN), configs, records=bool(args.records))
    files, errors = list(found.files), [str(problem.error) for problem in found.problems]
    if STDIN in args.paths:
        from healthlint.cli.stdin import read_stdin

        stdin_files, stdin_problems = read_stdin(args.stdin_filename, configs, records=bool(args.records))
        files, errors = [*stdin_files, *files], [*errors, *(str(problem.error) for problem in stdin_problems)]
    shown = _json if args.format == "json" else _text
    for file in files:
        pack, broken = pack_for(file.config.rules)
        errors += [str(error) for error in broken if str(error) not in errors]
        for document in _documents(file, args.records or ""):
            if isinstance(document, UserError):
                errors.append(str(document))
            else:
                put(shown(document, file, pack), utf8=args.format == "json")
    for error in errors:
        tell("error", error)
    return 2 if errors else 0


def _documents(file: File, field: str) -> Iterator[Document | UserError]:
    from healthlint.documents import parse
    from healthlint.documents.reading import read_source

    try:
        source = file.source or read_source(file.path, file.display)
        if field and is_records(file.path):
            from healthlint.documents.fields import fields_of
            from healthlint.documents.records import read_records

            yield from read_records(source, fields_of(field))
        else:
            yield parse(source, None if file.display != STDIN else "text")
    except UserError as error:
        yield error


def _json(document: Document, file: File, pack: Pack) -> str:
    from json import dumps

    from healthlint.evidence.notes import resolved_notes
    from healthlint.linter import see

    source, settings = document.source, file.config.settings_for(file.path)
    annotated = see(document, pack, settings, mentions=True)
    entries = resolved_notes(annotated)
    objects = (_object(s, source, entries.get(index, {})) for index, s in enumerate(annotated.sentences))
    return "".join(dumps(seen, ensure_ascii=False) + "\n" for seen in objects)


def _object(sentence: Sentence, source: Source, entries: dict[int, list[str]]) -> dict[str, Any]:
    """Places inside the sentence are offsets in its text; those of a cue's scope may reach beyond it.

    `entries`: what the notes of the sentence lead to in the list of references, by their place.
    """
    start, end = sentence.block.source_span(sentence.start, sentence.end)
    line, column = source.position(start)
    end_line, end_column = source.position(end)
    return {
        "path": source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "block": sentence.block.kind.value,
        "text": sentence.text,
        "mentions": [_plain(m, sentence, "lexicon", "term") for m in sentence.mentions],
        "cues": [
            _plain(cue, sentence, "kind", "strength") | {"scope": [cue.scope_start, cue.scope_end]}
            for cue in sentence.cues
        ],
        "claims": [
            _plain(
                c,
                sentence,
                "relation",
                "agent",
                "agent_kind",
                "target",
                "target_kind",
                "strength",
                "time",
                "quantity",
                "evidence",
            )
            for c in sentence.claims
        ],
        "evidence": [_plain(e, sentence, "kind", "role") for e in sentence.evidence],
        "citations": [
            _plain(c, sentence, "kind", "source") | ({"entries": entries[c.start]} if c.start in entries else {})
            for c in sentence.citations
        ],
    }


_OF_A_CLAIM = (
    "relation", "agent", "agent_kind", "target", "target_kind", "strength", "time", "quantity", "evidence",
)  # fmt: skip


def _plain(seen: Any, sentence: Sentence, *keys: str) -> dict[str, Any]:
    return {key: getattr(seen, key) for key in keys} | {
        "start": seen.start,
        "end": seen.end,
    }


def _text(document: Document, file: File, pack: Pack) -> str:
    from healthlint.linter import see, trace

    source, settings = document.source, file.config.settings_for(file.path)
    annotated = see(document, pack, settings, mentions=True)
    findings, silenced = trace(document, pack, settings)
    lines = [f"{source.path}: {annotated.kind}" + f" ({'; '.join(annotated.kind_cues)})" * bool(annotated.kind_cues)]
    quiet: dict[int, list[str]] = {}
    for candidate, guard in silenced:
        words = annotated.sentences[candidate.sentence_index].words(candidate.start, candidate.end)
        told = f"silent    {candidate.rule.id} {candidate.rule.name} \N{LEFT DOUBLE QUOTATION MARK}{words}"
        quiet.setdefault(candidate.sentence_index, []).append(f"{told}\N{RIGHT DOUBLE QUOTATION MARK}: {guard}")
    fired = _by_sentence(findings, annotated)
    for index, sentence in enumerate(annotated.sentences):
        line, column = source.position(sentence.block.source_span(sentence.start, sentence.end)[0])
        lines.append(f"{line}:{column} {sentence.block.kind.value}: {sentence.text}")
        told_lines = [*_seen(sentence), *fired.get(index, ()), *quiet.get(index, ())]
        lines += [f"    {told_line}" for told_line in told_lines]
    return "".join(f"{printable(line)}\n" for line in lines) + "\n"


def _by_sentence(findings: tuple[Finding, ...], annotated: AnnotatedDocument) -> dict[int, list[str]]:
    """The findings under the sentence that each starts in."""
    spans = [sentence.block.source_span(sentence.start, sentence.end) for sentence in annotated.sentences]
    fired: dict[int, list[str]] = {}
    for finding in findings:
        index = next((i for i, (start, end) in enumerate(spans) if start <= finding.start < max(end, start + 1)), 0)
        also = f" (also {', '.join(finding.also)})" if finding.also else ""
        fired.setdefault(index, []).append(f"finding   {finding.rule} {finding.name}: {finding.message}{also}")
    return fired


def _seen(sentence: Sentence) -> Iterator[str]:
    """A line for each thing seen: what it is, and its words in quotes."""

    def words(start: int, end: int) -> str:
        return f"\N{LEFT DOUBLE QUOTATION MARK}{sentence.words(start, end)}\N{RIGHT DOUBLE QUOTATION MARK}"

    for mention in sentence.mentions:
        term = f" = {mention.term}" if mention.term != sentence.words(mention.start, mention.end).lower() else ""
        yield f"mention   {mention.lexicon} {words(mention.start, mention.end)}{term}"
    for cue in sentence.cues:
        strength = f" {cue.strength}" if cue.strength else ""
        scope = words(cue.scope_start, cue.scope_end)
        yield f"cue       {cue.kind}{strength} {words(cue.start, cue.end)} over {scope}"
    for claim in sentence.claims:
        agent = f"{claim.agent or '-'} ({claim.agent_kind})"
        target = f"{claim.target or '-'} ({claim.target_kind})"
        span = words(claim.start, claim.end)
        told = [claim.strength, claim.quantity, claim.time, "" if claim.evidence == "none" else claim.evidence]
        yield f"claim     {agent} {claim.relation} {target}, {', '.join(filter(None, told))}: {span}"
    for evidence in sentence.evidence:
        yield f"evidence  {evidence.kind}, {evidence.role}: {words(evidence.start, evidence.end)}"
    for citation in sentence.citations:
        leads = f" to {citation.source}" if citation.source else ""
        yield f"citation  {citation.kind}{leads} {words(citation.start, citation.end)}"
