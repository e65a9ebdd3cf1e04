"""The notice that a parent consents to. A changed wording is a new version; consents keep theirs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A wording, and the name under which a consent refers to it."""

    version: str
    text: str


CURRENT = Notice(
    version="2026-11",
    text=(
        "Mathvidya keeps your child's name, class and e-mail address, the photographs of the answer pages "
        "that your child hands in, and the marks given to them, in order to mark practice papers and to show "
        "you and your child the result. Teachers who mark see the pages but no names. Nothing is used for "
        "advertising, and nobody is tracked. You can withdraw this consent at any time; from then on no new "
        "pages are stored."
    ),
)
