"""What the file says about itself: XMP, the information dictionary and the colour space it was made for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from exports.pdf.objects import reference, stream, text_string
from resources import path

PRODUCER = "Depositary (ReportLab)"

# The identification schemas of PDF/A-2a and PDF/UA-1; the latter has to be described, being unknown to PDF/A
# (ISO 19005-2, 6.6.2.3.3 and ISO 14289-1, 5).
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{marking}</rdf:li></rdf:Alt></dc:rights>
{optional}<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, language (BCP 47), author, the marking as text, and when the sheet was compiled."""

    title: str
    language: str
    author: str = ""
    marking: str = ""
    compiled: datetime | None = None


def xmp(metadata: Metadata) -> bytes:
    """The XMP packet; a sheet without an author or a time has none there either."""
    optional = ""
    if metadata.author:
        author = escape(_printable(metadata.author))
        optional += f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
    if metadata.compiled:
        moment = metadata.compiled.isoformat(timespec="seconds")
        optional += f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>\n"
    return _XMP.format(
        title=escape(_printable(metadata.title)),
        language=escape(metadata.language),
        marking=escape(_printable(metadata.marking)),
        optional=optional,
        producer=PRODUCER,
    ).encode()


def information(metadata: Metadata) -> bytes:
    """The information dictionary, which must say the same as the XMP (ISO 19005-2, 6.6.3)."""
    entries = b"/Title" + text_string(_printable(metadata.title)) + b"/Producer" + text_string(PRODUCER)
    if metadata.author:
        entries += b"/Author" + text_string(_printable(metadata.author))
    if metadata.compiled:
        moment = _pdf_date(metadata.compiled)
        entries += b"/CreationDate(%s)/ModDate(%s)" % (moment, moment)
    return b"<<%s>>" % entries


def output_intent(document: pdfdoc.PDFDocument) -> bytes:
    """The sRGB profile that every colour on the page is meant in."""
    profile = reference(document, stream(path("colour/sRGB.icc").read_bytes(), b"/N 3"))
    return (
        b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        b"/DestOutputProfile %s>>]" % profile
    )


def _pdf_date(moment: datetime) -> bytes:
    """A date as ISO 32000-1, 7.9.4 writes it."""
    zone = moment.strftime("%z")
    offset = f"{zone[:3]}'{zone[3:5]}'" if zone and zone != "+0000" else "Z"
    return (moment.strftime("D:%Y%m%d%H%M%S") + offset).encode()


def _printable(text: str) -> str:
    """The text without the control characters that XML forbids."""
    return "".join(character if character.isprintable() else " " for character in text)
