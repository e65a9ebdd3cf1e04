"""What can be wrong with a calendar or a question to it; never answered by a guess."""


class CalendarError(ValueError):
    """The root: a calendar that cannot be built, or a question that it cannot answer."""


class RulesError(CalendarError):
    """The rules contradict themselves; the message names the field and the remedy."""


class NaiveMomentError(CalendarError):
    """A moment without a UTC offset: it could be any of some forty instants."""


class NoWorkingTimeError(CalendarError):
    """The rules leave no working time at all in the compiled dates."""


class HorizonError(CalendarError):
    """The answer lies outside the compiled dates, where the holidays are not known."""
