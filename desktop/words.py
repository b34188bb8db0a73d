"""The words that the program says outside of any window, in the language that Qt was given."""

CONTEXT = "CommandLine"


def tr(text: str) -> str:
    """A sentence in the user's language. Words in braces are filled in afterwards and must stay."""
    from PySide6.QtCore import QCoreApplication  # here, because what says nothing should not wait for Qt

    return QCoreApplication.translate(CONTEXT, text)
