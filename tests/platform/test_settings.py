from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mathvidya.settings import Environment, Settings

PRODUCTION: dict[str, Any] = {
    "environment": Environment.PRODUCTION,
    "token_secret": "s" * 32,
    "storage_secret": "another secret",
    "database_url": "postgresql://db.example/mathvidya",
    "redis_url": "redis://redis.example/0",
    "storage_url": "s3://sheets?region=ap-south-1",
    "public_url": "https://exams.example",
}


def test_a_laptop_starts_without_being_told_anything() -> None:
    assert Settings().environment is Environment.LAPTOP


def test_production_starts_when_everything_is_said() -> None:
    assert Settings(**PRODUCTION).environment is Environment.PRODUCTION


@pytest.mark.parametrize(
    "name", ["token_secret", "storage_secret", "database_url", "redis_url", "storage_url", "public_url"]
)
def test_production_refuses_a_laptops_default_by_name(name: str) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    with pytest.raises(ValidationError, match=f"MATHVIDYA_{name.upper()}"):
        Settings(**given)


def test_production_refuses_a_short_secret() -> None:
    with pytest.raises(ValidationError, match="32 characters"):
        Settings(**{**PRODUCTION, "token_secret": "short"})


def test_production_refuses_a_clock_that_can_be_moved(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="MATHVIDYA_CLOCK_FILE"):
        Settings(**PRODUCTION, clock_file=tmp_path / "clock")


def test_every_refusal_is_told_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(environment=Environment.PRODUCTION)
    assert str(refused.value).count("MATHVIDYA_") == 6


def test_settings_do_not_change_while_the_house_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().log_level = "DEBUG"  # type: ignore[misc]  # the refusal is what is tested


def test_a_secret_does_not_show_in_a_log() -> None:
    assert "another secret" not in repr(Settings(**PRODUCTION))
