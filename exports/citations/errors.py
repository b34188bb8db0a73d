"""What can go wrong with citations. Nothing was written then, and the plain style works all the same."""

from exports.errors import BriefingError

_REMEDY = "The plain style needs no other program. Nothing was written."


class CitationError(BriefingError):
    """References could not be written in the chosen style."""


class MissingPandoc(CitationError):
    """The program that writes references is not there."""

    def __init__(self) -> None:
        super().__init__(
            "The program pandoc, which writes citation styles, was not found. "
            f"Install Depositary again to bring it back. {_REMEDY}"
        )


class UnfitPandoc(CitationError):
    """What is there in pandoc's place cannot do its work."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"Citation styles need pandoc 3, and {found or 'another program'} was found. {_REMEDY}")


class CitationTimeout(CitationError):
    """Writing the references took too long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The references were not written within {seconds:g} seconds. {_REMEDY}")


class CitationFailure(CitationError):
    """Pandoc gave up, or its answer is none."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The references could not be written in this style: {reason}. {_REMEDY}")
