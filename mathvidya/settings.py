"""Settings: one frozen, validated object, read from the environment once.

Every variable starts with ``MATHVIDYA_``. The defaults suit a laptop; production refuses to start with them.
"""

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: beside the package stand alembic/ and seeds/."""

_LAPTOP_SECRET = "a-laptop-secret-that-production-refuses"  # noqa: S105 - refused outside a laptop, below


class Environment(StrEnum):
    """Where the process runs: what is convenient on a laptop is refused in production."""

    LAPTOP = "laptop"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Everything that differs between two installations of the same code."""

    model_config = SettingsConfigDict(env_prefix="MATHVIDYA_", frozen=True, extra="ignore")

    environment: Environment = Environment.LAPTOP
    database_url: str = Field(default="", description="postgresql://…; empty: the embedded server")
    redis_url: str = Field(default="", description="redis://… or unix://…; empty: the embedded server")
    storage_url: str = Field(
        default="", description="s3://bucket?region=…&endpoint=…; empty: local disk behind the same contract"
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="the address people open")
    port: int = Field(default=8000, ge=0, le=65535, description="laptop: where web listens; 0: any free one")
    token_secret: SecretStr = SecretStr(_LAPTOP_SECRET)
    storage_secret: SecretStr = SecretStr(_LAPTOP_SECRET)
    storage_access_key: str = "mathvidya"
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="what a scraper of /api/v1/metrics sends; empty: none there"
    )
    var: Path = Field(default=ROOT / "var", description="what the embedded parts keep on disk")
    clock_file: Path | None = Field(default=None, description="laptop only: an offset that moves the clock")
    pool_size: int = Field(default=4, ge=1, description="database connections a process: its threads")
    access_token_minutes: int = Field(default=10, ge=1, le=60)
    refresh_token_days: int = Field(default=30, ge=1, le=90)
    log_level: str = "INFO"

    @model_validator(mode="after")
    def _refuse_laptop_defaults_in_production(self) -> Self:
        if self.environment is not Environment.PRODUCTION:
            return self
        problems = [
            f"MATHVIDYA_{name.upper()} {why}"
            for name, why in (
                ("token_secret", "must be a secret of your own of 32 characters or more"),
                ("storage_secret", "must be the object storage's secret key"),
                ("database_url", "must name the database server"),
                ("redis_url", "must name the Redis server"),
                ("storage_url", "must name the bucket"),
            )
            if not self._is_set(name)
        ]
        if self.clock_file is not None:
            problems.append("MATHVIDYA_CLOCK_FILE must be unset: only a laptop's clock can be moved")
        if not self.public_url.startswith("https://"):
            problems.append("MATHVIDYA_PUBLIC_URL must start with https://")
        if problems:
            raise ValueError("refusing to start in production: " + "; ".join(problems))
        return self

    def _is_set(self, name: str) -> bool:
        value = getattr(self, name)
        if isinstance(value, SecretStr):
            secret = value.get_secret_value()
            return secret != _LAPTOP_SECRET and (name != "token_secret" or len(secret) >= 32)
        return bool(value)
