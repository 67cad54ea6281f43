"""The one exception whose text is written for the person at the screen."""

__all__ = ["UserError"]


class UserError(ValueError):
    """Bad input, explained: what is wrong, where, and what to do.

    The message is shown as it stands, in the app and on the command line, so it must be one or two
    plain sentences that name no code and carry no value of a personal field.
    """
