"""Every setting of the service in one class, read from the environment and, where there is one, from a file .env."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from limits import parse
from pydantic import AfterValidator, AliasChoices, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASES = re.compile(r"(sqlite|postgresql)(\+[a-z0-9]+)?://")


def _readable_limit(text: str) -> str:
    try:
        parse(text)
    except ValueError:
        raise ValueError("expected a number and a time, as in 10/minute or 100/hour") from None
    return text


RateLimit = Annotated[str, AfterValidator(_readable_limit)]


class Settings(BaseSettings):
    """Nothing else reads the environment. The operations page has one row for each field; a test compares them."""

    model_config = SettingsConfigDict(
        env_prefix="VOI_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    host: str = Field("127.0.0.1", min_length=1, validation_alias=AliasChoices("VOI_HOST", "HOST"))
    port: int = Field(8000, ge=1, le=65535, validation_alias=AliasChoices("VOI_PORT", "PORT"))
    database_url: SecretStr = SecretStr("sqlite:///var/voi.db")
    community_database_url: SecretStr | None = None
    key_file: Path | None = None
    keys: SecretStr | None = None
    community_key_file: Path | None = None
    community_keys: SecretStr | None = None
    public_url: str | None = Field(None, pattern=r"^https?://[^/?#\s]+$")
    trusted_proxies: str = "127.0.0.1"
    sign_in_limit: RateLimit = "10/minute"
    sign_in_client_limit: RateLimit = "60/minute"
    assess_limit: RateLimit = "60000/minute"
    oidc_issuer: str | None = Field(None, pattern=r"^https?://\S+$")
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_required_acr: str | None = None
    anchor_file: Path | None = None
    packs: Path | None = None
    cache: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("database_url", "community_database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not DATABASES.match(value.get_secret_value()):
            raise ValueError("expected sqlite:///… or postgresql://…")
        return value

    @model_validator(mode="after")
    def _whole_provider(self) -> Self:
        if self.oidc_issuer and not (self.oidc_client_id and self.oidc_client_secret):
            raise ValueError("VOI_OIDC_ISSUER needs VOI_OIDC_CLIENT_ID and VOI_OIDC_CLIENT_SECRET beside it")
        return self
