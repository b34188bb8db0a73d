"""How differences are put into words."""

from datetime import datetime
from html import escape

from PySide6.QtCore import QCoreApplication

from db.dates import describe, read
from db.merging.differences import State
from db.merging.needs import Need
from db.merging.preview import Contributor, DifferingRecord, Summary, TakenBack
from db.merging.sides import Told
from db.merging.words import Fate, word_difference
from db.models import BY_PLURAL
from desktop.forms.captions import all_of, one_of
from desktop.theme import Tint, colours

_NAMED = 4
"""Kinds of records that a sentence names."""


def state_words(state: State, *, is_settled: bool = False) -> str:
    """What is said of records of one state; `is_settled`: every conflict of this one is decided."""
    if is_settled:
        return _tr("Decided")
    words = {
        State.CONFLICT: _tr("In conflict"),
        State.NEW: _tr("New"),
        State.CHANGED: _tr("Changed"),
        State.DELETED: _tr("Deleted"),
    }
    return words[state]


def state_tint(state: State, *, is_settled: bool = False) -> Tint:
    """How it looks."""
    look = colours()
    if is_settled:
        return look.good
    return {State.CONFLICT: look.bad, State.NEW: look.good, State.CHANGED: look.note, State.DELETED: look.plain}[state]


def kind_words(kind: str, count: int = 1) -> str:
    """A kind of record inside of a sentence."""
    if kind not in BY_PLURAL:
        return kind
    return (one_of(kind) if count == 1 else all_of(kind)).lower()


def page_title(name: str, since: str, *, is_merge: bool) -> str:
    """What the page is about: the file of this name, or the time since an edit."""
    if since:
        return _tr("Changes since “{moment}”").format(moment=since)
    return (_tr("Merge “{file}”") if is_merge else _tr("Compare with “{file}”")).format(file=name)


def page_sentence(found: Summary, name: str, since: str, *, is_merge: bool) -> str:
    """What a file would bring, how it differs, or what has changed since."""
    if since:
        return since_sentence(found)
    sentence = merge_sentence(found) if is_merge else comparison_sentence(found, name)
    if not found.same_case:
        sentence = " ".join([sentence, _tr("They are no copies of one case file, but two.")])
    return sentence


def side_names(since: str, own: str, other: str) -> tuple[str, str]:
    """What the two sides are called: of one file at two moments, of a merge (no `other`), or of two files."""
    if since:
        return _tr("Then"), _tr("Now")
    return (own, other) if other else (_tr("Yours"), _tr("Theirs"))


def merged_words(name: str, conflicts: int) -> str:
    """That a file was merged, and what of it is still open."""
    if not conflicts:
        return _tr("Merged “{file}”").format(file=name)
    if conflicts == 1:
        return _tr("Merged “{file}”; 1 conflict from it is still open").format(file=name)
    words = _tr("Merged “{file}”; {count} conflicts from it are still open")
    return words.format(file=name, count=f"{conflicts:,}")


def merge_sentence(summary: Summary) -> str:
    """What a merge would bring, in one or two plain sentences."""
    if not summary.total:
        return _tr("This file knows nothing that yours does not know. There is nothing to merge.")
    parts = [*_deeds(summary)]
    words = _tr("{who} {deeds}").format(who=_who(summary), deeds=_list(parts)) if parts else ""
    return "; ".join(part for part in (words, _both(summary.rivals), _survivors(summary.survivors)) if part) + "."


def comparison_sentence(summary: Summary, name: str) -> str:
    """How another file differs from this one."""
    if not summary.total:
        return _tr("Both files hold the same.")
    told = [
        *([_tr("{what} that yours lacks").format(what=_kinds(summary.added))] if summary.added else []),
        *([_tr("lacks {what} of yours").format(what=_kinds(summary.deleted))] if summary.deleted else []),
        *([_fields(_tr("shows another value in"), summary.fields)] if summary.fields else []),
    ]
    return _tr("“{file}” has {what}.").format(file=name, what=_list(told)) if told else ""


def since_sentence(summary: Summary) -> str:
    """What happened between two moments of one file."""
    if not summary.total:
        return _tr("Nothing has changed since then.")
    return _tr("Since then: {deeds}.").format(deeds=_list(_deeds(summary)))


def taken_back_words(row: TakenBack) -> str:
    """What somebody undid, and what of this file that would take back."""
    redone = row.label.startswith("Redo: ")
    label = row.label.removeprefix("Undo: ").removeprefix("Redo: ")
    what = _tr("the {merge}").format(merge=label) if label.startswith("merge of ") else f"“{label}”"
    lead = _tr("{who} did {what} again") if redone else _tr("{who} undid {what}")
    deeds = []
    if row.deleted:
        deeds.append(_tr("{records} of yours would be deleted").format(records=_kinds(row.deleted)))
    if row.fields:
        deeds.append(
            _tr("1 field would be set back")
            if row.fields == 1
            else _tr("{count} fields would be set back").format(count=f"{row.fields:,}")
        )
    return f"{lead.format(who=row.who or _tr('Another program'), what=what)}: {_list(deeds)}."


def need_words(need: Need) -> str:
    """That a record was declined, and by name what needs it."""
    users = [f"“{user.title or _tr('a record without a name')}”" for user in need.users]
    if len(users) > _NAMED:
        users = [*users[: _NAMED - 1], _tr("{count} others").format(count=f"{len(users) - _NAMED + 1:,}")]
    words = _tr("“{record}” is declined, and {users} needs it.")
    if len(need.users) > 1:
        words = _tr("“{record}” is declined, and {users} need it.")
    return words.format(record=need.title, users=_list(users))


def undone_words(row: TakenBack) -> str:
    """What somebody had undone, and what a merge took back with it."""
    deeds = [_tr("{records} deleted").format(records=_kinds(row.deleted))] if row.deleted else []
    if row.fields:
        deeds.append(_tr("{fields} set back").format(fields=_fields("", row.fields)))
    who = row.who or _tr("another program")
    return _tr("{label}, by {who}: {deeds}").format(label=row.label, who=who, deeds=_list(deeds))


def more_undone_words(count: int) -> str:
    """That not all of it is told."""
    if count == 1:
        return _tr("1 more edit was undone; the records below show all of it.")
    return _tr("{count} more edits were undone; the records below show all of it.").format(count=f"{count:,}")


def _who(summary: Summary) -> str:
    people = [row for row in summary.contributors if row.id is not None]
    if len(people) == 1:
        return _tr("Your colleague {name}").format(name=people[0].name)
    if people:
        return _tr("Your colleagues {names}").format(names=_list([row.name for row in people[:_NAMED]]))
    return _tr("Another program")


def _deeds(summary: Summary) -> list[str]:
    deeds = [
        (_tr("added"), _kinds(summary.added)),
        (_tr("deleted"), _kinds(summary.deleted)),
        (_tr("changed"), _fields("", summary.fields) if summary.fields else ""),
    ]
    return [f"{verb} {what}".replace("  ", " ") for verb, what in deeds if what]


def _kinds(counts: dict[str, int]) -> str:
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    named = [f"{count:,} {kind_words(kind, count)}" for kind, count in ranked[:_NAMED]]
    rest = sum(count for _, count in ranked[_NAMED:])
    if rest:
        named.append(_tr("1 other record") if rest == 1 else _tr("{count} other records").format(count=f"{rest:,}"))
    return _list(named)


def _fields(lead: str, count: int) -> str:
    words = _tr("1 field") if count == 1 else _tr("{count} fields").format(count=f"{count:,}")
    return f"{lead} {words}".strip()


def _both(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return _tr("you both changed 1 field")
    return _tr("you both changed {count} fields").format(count=f"{count:,}")


def _survivors(count: int) -> str:
    if not count:
        return ""
    if count == 1:
        return _tr("1 record was deleted by one of you and worked on by the other")
    return _tr("{count} records were deleted by one of you and worked on by the other").format(count=f"{count:,}")


def _list(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{first} and {last}").format(first=", ".join(parts[:-1]), last=parts[-1])


def since_words(contributor: Contributor) -> str:
    """Who edited, how much, and since when."""
    edits = _tr("1 edit") if contributor.edits == 1 else _tr("{count} edits").format(count=f"{contributor.edits:,}")
    first, last = day_words(contributor.since), day_words(contributor.until)
    name = contributor.name or _tr("another program")
    when = first if first == last else _tr("{first} to {last}").format(first=first, last=last)
    return f"{name}: {edits}, {when}"


def day_words(when: datetime | None) -> str:
    """A day as people write it."""
    return describe(read(f"{when.astimezone():%Y-%m-%d}")) if when else ""


def extent_words(record: DifferingRecord) -> str:
    """The kind of a record, and how much of it differs."""
    parts = [one_of(record.kind) if record.kind in BY_PLURAL else record.kind]
    if record.rivals:
        parts.append(_tr("1 conflict") if record.rivals == 1 else _tr("{count} conflicts").format(count=record.rivals))
    if record.fields > record.rivals and record.state in (State.CHANGED, State.CONFLICT):
        parts.append(_fields("", record.fields))
    elif record.state is State.CHANGED and not record.fields:
        parts.append(_tr("its lists or parts"))
    return " · ".join(parts)


def author_words(who: str, when: datetime | None) -> str:
    """Who and when, on one quiet line."""
    return ", ".join(part for part in (who, day_words(when)) if part)


def claim_lines(told: Told) -> list[str]:
    """The claims for a value: source, place and grade."""
    return [
        " · ".join(part for part in (claim.citation.source.title, claim.citation.place, claim.citation.grade) if part)
        for claim in told.claims
    ]


def difference_html(before: str, after: str) -> str:
    """The text after with what is gone struck out and what came marked, as rich text."""
    look = colours()
    marks = {
        Fate.SAME: "{text}",
        Fate.GONE: f'<span style="background-color:{look.bad.ground}; color:{look.bad.ink};"><s>{{text}}</s></span>',
        Fate.ADDED: f'<span style="background-color:{look.good.ground}; color:{look.good.ink};">{{text}}</span>',
    }
    told = (marks[each.fate].format(text=escape(each.text)) for each in word_difference(before, after))
    return f'<div style="white-space: pre-wrap;">{"".join(told)}</div>'


def _tr(text: str) -> str:
    return QCoreApplication.translate("Merging", text)
