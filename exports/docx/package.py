"""The parts of a DOCX in one file, always in the same order and with the same times (ECMA-376 Part 2: packages)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exports.docx.markup import DECLARATION, NAMESPACES, escaped, w
from exports.docx.pictures import Media
from exports.docx.styles import COMPLEX_FONT, EAST_ASIAN_FONT, LATIN_FONT

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell
_UNIX, _MODE = 3, 0o600 << 16
_FONTS = (LATIN_FONT, COMPLEX_FONT, EAST_ASIAN_FONT)
_NEWEST_WORD = 15  # without it Word opens the file in compatibility mode


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself."""

    title: str
    language: str
    creator: str = ""
    marking: str = ""
    compiled: datetime | None = None


def package(parts: Mapping[str, str], media: Sequence[Media], properties: Properties) -> bytes:
    """The file, from the parts below word/ by their names without suffix."""
    files = {
        "[Content_Types].xml": _content_types(parts, media),
        "_rels/.rels": _relationships(
            [
                ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
                ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                ("rId3", f"{_OFFICE}/extended-properties", "docProps/app.xml"),
            ]
        ),
        "docProps/core.xml": _core(properties),
        "docProps/app.xml": _application(),
        "word/_rels/document.xml.rels": _relationships(
            [
                *((f"rId-{name}", f"{_OFFICE}/{_kind(name)}", f"{name}.xml") for name in parts if name != "document"),
                *((each.relationship, f"{_OFFICE}/image", f"media/{each.name}") for each in media),
            ]
        ),
        **{f"word/{name}.xml": text for name, text in parts.items()},
    }
    output = BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(_entry(name), text.encode())
        for each in media:
            archive.writestr(_entry(f"word/media/{each.name}"), each.data)
    return output.getvalue()


def settings_part(kinds: Sequence[str], languages: Mapping[str, str], *, updates: bool = False) -> str:
    """word/settings.xml. `updates`: fields are worked out when the file is opened, as page numbers must be."""
    lines = [w(f"{kind}Pr", w(kind, id=-1), w(kind, id=0)) for kind in kinds]
    newest = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=_NEWEST_WORD,
    )
    made = (
        w("zoom", percent=100),
        w("updateFields", val="true") if updates else "",
        w("defaultTabStop", val=720),
        w("characterSpacingControl", val="doNotCompress"),
        *lines,
        w("compat", newest),
        w("themeFontLang", **languages),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )
    return f"{DECLARATION}<w:settings {NAMESPACES}>{''.join(made)}</w:settings>"


def fonts_part() -> str:
    """word/fontTable.xml; where Word's own fonts are not there, the ones of the PDF may be."""
    fonts = (w("font", w("altName", val="Noto Sans"), name=name) for name in _FONTS)
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{''.join(fonts)}</w:fonts>"


def _kind(name: str) -> str:
    return name.rstrip("0123456789")


def _content_types(parts: Mapping[str, str], media: Sequence[Media]) -> str:
    suffixes = sorted({each.name.rpartition(".")[2] for each in media})
    defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
        *((suffix, f"image/{suffix}") for suffix in suffixes),
    ]
    overrides = [
        *((f"/word/{name}.xml", f"{_WORD}.{_kind(name)}{'.main' if name == 'document' else ''}+xml") for name in parts),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    made = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults]
    made += [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides]
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{"".join(made)}</Types>'


def _relationships(links: Sequence[tuple[str, str, str]]) -> str:
    made = [f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links]
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(made)}</Relationships>'


def _core(properties: Properties) -> str:
    """Dublin Core; a briefing without a time has none here either."""
    made = [
        f"<dc:title>{escaped(properties.title)}</dc:title>",
        f"<dc:creator>{escaped(properties.creator)}</dc:creator>" if properties.creator else "",
        f"<cp:category>{escaped(properties.marking)}</cp:category>",
    ]
    if properties.compiled:
        time = properties.compiled.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        made += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{time}</dcterms:{name}>' for name in ("created", "modified")
        ]
    made.append(f"<dc:language>{escaped(properties.language)}</dc:language>")
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{"".join(made)}</cp:coreProperties>'
    )


def _application() -> str:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{DECLARATION}<Properties xmlns="{namespace}"><Application>Depositary</Application></Properties>'


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_TIME)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = _UNIX, _MODE  # zipfile's own depend on the system
    return entry
