"""The mistakes that people are told about; each message is a plain sentence saying what to do."""


class VigilError(Exception):
    """Something a person can put right. Its text is shown to them as it is."""


class DatabaseRefused(VigilError):
    """The database cannot be used as it is: no such address, or a schema that is behind."""


class DatabaseAway(VigilError):
    """The database does not answer at present; it may do so again without anybody's help."""


class NotYours(VigilError):
    """Somebody tried what their posts do not allow."""


class RoundOver(VigilError):
    """A reply came after the last day on which late replies are taken."""


class UnknownCampaign(VigilError):
    """No campaign has that key."""


class AreaRefused(VigilError):
    """No area, or more than one, is meant by what somebody wrote."""


class FileRefused(VigilError):
    """A file is not imported; every problem found is a sentence with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
