"""A report as a document: headings, paragraphs, tables and texts, written in Markdown or in HTML.

Pure. Texts are plain until the document is written, which escapes them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.compliance.blocks import Block, Heading, Paragraph
from app.domain.compliance.chapters import admission, record, risks, subject
from app.domain.compliance.html import html
from app.domain.compliance.markdown import markdown
from app.domain.compliance.report import DISCLAIMER, Report


@dataclass(frozen=True)
class Chapter:
    """A heading with what is written below it."""

    title: str
    write: Callable[[Report], Iterator[Block]]


# In the order of the document. What else belongs in a report is a chapter more.
CHAPTERS: Sequence[Chapter] = (
    Chapter("What this is about", subject.subject),
    Chapter("What runs", subject.deployments),
    Chapter("What it came from", subject.lineage),
    Chapter("Policies", risks.policies),
    Chapter("Approvals", admission.approvals),
    Chapter("Promotions", admission.promotions),
    Chapter("Evaluations", risks.evaluations),
    Chapter("Licenses", risks.licenses),
    Chapter("Recalls", risks.recalls),
    Chapter("Open findings", risks.findings),
    Chapter("To make it anew", record.reproducibility),
    Chapter("Changes", record.changes),
    Chapter("Proof", record.proof),
)


FORMATS: Mapping[str, Callable[[Report], str]] = {
    "markdown": lambda report: markdown(document(report)),
    "html": lambda report: html(title_of(report), document(report)),
}


def written(report: Report, format: str) -> str:
    """A report as a text of one of FORMATS."""
    return FORMATS[format](report)


def title_of(report: Report) -> str:
    return f"Compliance report: {report.label(report.subject_id)}"


def document(report: Report) -> list[Block]:
    """The whole report."""
    return [Heading(1, title_of(report)), Paragraph(DISCLAIMER), *chapters_of(report)]


def chapters_of(report: Report) -> Iterator[Block]:
    for chapter in CHAPTERS:
        yield Heading(2, chapter.title)
        yield from chapter.write(report)
