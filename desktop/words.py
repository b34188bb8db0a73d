"""The words that the program says outside of any window, in the language that Qt was given."""

import sys

CONTEXT = "CommandLine"


def tr(text: str) -> str:
    """A sentence in the user's language. Words in braces are filled in afterwards and must stay.

    Where nobody has loaded Qt, nobody has installed a translation: a command then need not wait for it.
    """
    if "PySide6.QtCore" not in sys.modules:
        return text
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate(CONTEXT, text)
