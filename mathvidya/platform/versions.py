"""The version of a row that people edit: an edit made from an older one is refused."""

from mathvidya.platform.errors import StaleVersion


def check_version(current: int, expected: int) -> None:
    """Refuse an edit that was made from another version than the one that stands. Raises StaleVersion."""
    if current != expected:
        raise StaleVersion(
            f"you edited version {expected}, but version {current} stands: read it again and edit that",
            current_version=current,
        )
