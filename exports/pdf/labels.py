"""Every fixed word on a sheet, in English; whoever calls may pass another language's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Headings and fixed words. Words in braces are filled in and must stay."""

    sheet: str = "Agreement sheet"
    page: str = "Page {page} of {pages}"
    revision: str = "File revision {revision}"
    compiled_by: str = "Compiled by {originator}"

    status: str = "Status"
    summary: str = "Summary"
    key_judgements: str = "Key judgements"
    talking_points: str = "Talking points"
    facts: str = "Key facts"
    parties: str = "Parties"
    signatories: str = "Signatories"
    provisions: str = "Provisions"
    relations: str = "Related agreements"
    statements: str = "Statements"
    equipment: str = "Equipment"
    programmes: str = "Programmes"
    events: str = "Events"
    texts: str = "Texts"
    judgements: str = "Judgements"
    tasks: str = "Open questions"
    sources: str = "Sources"
    notes: str = "Notes"

    nothing_recorded: str = "Nothing else is recorded about this agreement yet."
    no_sources: str = "No source is cited on this sheet."
    not_known: str = "Not known"

    disputed: str = "disputed"
    single: str = "single origin"
    uncited: str = "uncited"
    origins: str = "{count} origins"
    key: str = "How each fact is known"
    key_disputed: str = "a source says otherwise"
    key_single: str = "one origin only, however many outlets repeat it"
    key_uncited: str = "no source"

    otherwise: str = "Otherwise"
    also: str = "Also given as"
    accepted: str = "Accepted because"

    step_reached: str = "reached"
    step_not_reached: str = "not reached"
    step_unknown: str = "not known"
    step_ended: str = "ended"

    name: str = "Name"
    capacity: str = "Post, and for whom"
    act: str = "Act"
    in_post: str = "in post that day"
    not_in_post: str = "not in post that day"
    in_post_not_shown: str = "in post that day: not shown"

    confidence: str = "Confidence"
    likelihood: str = "Likelihood"
    basis: str = "Basis"
    paraphrase: str = "paraphrase"
    authentic: str = "authentic"
    not_authentic: str = "not authentic"
    annexes: str = "Annexes"
    manufacturer: str = "Manufacturer"
    operators: str = "Operators"
    participants: str = "Participants"
    due: str = "Due"
    strengths: str = "Strengths"
    gaps: str = "Gaps"
    grades: str = "Grades"
    source_count: str = "Sources: {sources}. Independent origins: {origins}."

    note_link: str = "Note {number}"
    back_link: str = "Note {number}, back to where it is cited"
    grade: str = "Grade"
    not_graded: str = "not graded"
    accessed: str = "accessed {date}"
    archived: str = "Archived"
    snapshot: str = "Snapshot SHA-256"
    opening_quote: str = "“"
    closing_quote: str = "”"
