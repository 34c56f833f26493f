"""Word files made by hand: the parts that a test needs, zipped as Word zips them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OTHERS = (
    f'xmlns:r="{_OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def t(text: str, properties: str = "", tag: str = "t") -> str:
    """A run."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; plain strings without tags become runs."""
    inside = (f"<w:pStyle w:val={quoteattr(style)}/>" if style else "") + properties
    runs = "".join(part if part.startswith("<") else t(part) for part in content)
    return f"<w:p><w:pPr>{inside}</w:pPr>{runs}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table, each cell given by its paragraphs."""
    lines = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def box(content: str) -> str:
    """A text box as Word writes it: once for new readers, once for old ones."""
    shape = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{shape}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{shape}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(words: str) -> str:
    properties = f'<wp:docPr id="1" name="Picture 1" descr={quoteattr(words)}/>'
    return f"<w:r><w:drawing><wp:inline>{properties}</wp:inline></w:drawing></w:r>"


def field(code: str, *result: str) -> str:
    """A field with its code and its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{escape(code)}</w:instrText></w:r>{mark.format('separate')}"
        + "".join(part if part.startswith("<") else t(part) for part in result)
        + mark.format("end")
    )


def part(root: str, content: str, namespace: str = MAIN) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{namespace}" {_OTHERS}>{content}</w:{root}>'


def relations(**targets: str) -> str:
    """Relationships by identifier, each `kind target`, with ` external` behind an address."""
    lines = []
    for identifier, words in targets.items():
        kind, target, *external = words.split()
        mode = ' TargetMode="External"' if external else ""
        lines.append(f'<Relationship Id="{identifier}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>')
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return data.getvalue()


def word(*body: str, namespace: str = MAIN, parts: Mapping[str, str] | None = None, **targets: str) -> bytes:
    """A Word file with this body; `parts` by their names below `word/`, `targets` as relationships of the body."""
    own = {name.removesuffix(".xml"): f"{name.removesuffix('.xml')} {name}" for name in parts or ()}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations(rId1="officeDocument word/document.xml"),
            "word/document.xml": part("document", f"<w:body>{''.join(body)}</w:body>", namespace),
            "word/_rels/document.xml.rels": relations(**{**own, **targets}),
            **{f"word/{name}": content for name, content in (parts or {}).items()},
        }
    )
