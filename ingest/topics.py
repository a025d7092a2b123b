"""Topics and queues, as editors write them in ``topics.toml``."""

import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ingest.errors import InvalidArticles, Problem
from ingest.opening import DAYS, Day, after, minutes, openings

GENERAL = "general"
REPLY_WITHIN = 30
"""Minutes; live-chat teams promise between a few minutes and an hour."""
_SIGN_WORD = r"[^\s()/*.]+(?:\.[^\s()/*.]+)*\*?"
_SIGN_WORDS = rf"{_SIGN_WORD}(?: {_SIGN_WORD})*"
_SIGN_PART = rf"(?:{_SIGN_WORD}|\({_SIGN_WORDS}(?:/{_SIGN_WORDS})*\))"
_SIGN = re.compile(rf"^{_SIGN_PART}(?: (?:\.\.\. )?{_SIGN_PART})*$")


class Queue(BaseModel):
    """Where people of one team pick up conversations. ``hours`` are local to ``timezone``; none means always open.
    On ``holidays`` nobody is there. ``reply_within``: minutes of opening time that a visitor waits for a reply."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    timezone: str = "UTC"
    hours: dict[Day, list[str]] = Field(default_factory=dict)
    holidays: tuple[date, ...] = ()
    reply_within: Annotated[int, Field(ge=1, le=30 * 24 * 60)] = REPLY_WITHIN

    @field_validator("timezone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"`{value}` is no time zone; write one such as `America/New_York`") from None
        return value

    @field_validator("hours")
    @classmethod
    def _ranges(cls, value: dict[Day, list[str]]) -> dict[Day, list[str]]:
        for ranges in value.values():
            for text in ranges:
                minutes(text)
        return value

    @field_validator("holidays")
    @classmethod
    def _in_order(cls, value: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(sorted(set(value)))

    def open_at(self, moment: datetime) -> bool:
        """Whether somebody is there. ``moment`` carries its time zone."""
        opening = next(self._openings(moment), None)
        return opening is not None and opening[0].astimezone(UTC) <= moment

    def opens_at(self, moment: datetime) -> datetime | None:
        """When somebody is there next, in the queue's own time; None when somebody is there or nobody ever is."""
        opening = next(self._openings(moment), None)
        return opening[0] if opening is not None and opening[0].astimezone(UTC) > moment else None

    def due_at(self, moment: datetime) -> datetime | None:
        """When who begins to wait at ``moment`` should have a reply, in UTC; None when nobody is ever there."""
        return after(moment, timedelta(minutes=self.reply_within), self._zone, self._hours, frozenset(self.holidays))

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def _hours(self) -> dict[Day, list[str]]:
        return self.hours or {day: ["00:00-24:00"] for day in DAYS}

    def _openings(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        return openings(moment, self._zone, self._hours, frozenset(self.holidays))


class Topic(BaseModel):
    """A subject of questions. ``always_human`` topics go to a person whatever the confidence; ``phrases`` are how
    visitors tell that such a thing happened to them, and ``words`` what such a message holds (``hack*`` stands for
    every word that begins so). ``signs`` are words that make a message such a case by themselves: ``(gun/knife)`` is
    either, ``...`` up to sixty letters of the same sentence. ``priority`` 1 is the most urgent, 5 the least."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    name_es: str | None = None
    name_pt: str | None = None
    queue: str = GENERAL
    description: str = ""
    priority: Annotated[int, Field(ge=1, le=5)] = 3
    always_human: bool = False
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    phrases_es: tuple[str, ...] = ()
    phrases_pt: tuple[str, ...] = ()

    @field_validator("words", "signs")
    @classmethod
    def _readable(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            if not _SIGN.match(text):
                raise ValueError(f"`{text}` is not words, `(one/or another)`, `...` between words and `*` at an end")
        return value

    def name_in(self, locale: str) -> str:
        """The name in a visitor's language, in English where there is none."""
        return {"es": self.name_es, "pt": self.name_pt}.get(locale.split("-", maxsplit=1)[0]) or self.name

    @property
    def all_phrases(self) -> tuple[str, ...]:
        """The phrases of every language."""
        return self.phrases + self.phrases_es + self.phrases_pt


class Topics(BaseModel):
    """The whole file. Without one there is a single topic and a single queue that is always open."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    queues: dict[str, Queue] = Field(default_factory=dict)
    topics: dict[str, Topic] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> "Topics":
        self.queues.setdefault(GENERAL, Queue(name="General questions"))
        self.topics.setdefault(GENERAL, Topic(name="General"))
        for slug, topic in self.topics.items():
            if topic.queue not in self.queues:
                raise ValueError(f"topics.{slug}.queue: there is no queue `{topic.queue}`; add [queues.{topic.queue}]")
        return self

    def sensitive_phrases(self) -> list[tuple[str, str]]:
        """(topic, phrase) of every topic that always goes to a person."""
        return [
            (slug, phrase) for slug, topic in self.topics.items() if topic.always_human for phrase in topic.all_phrases
        ]

    def topic(self, slug: str) -> Topic:
        """The topic, or the general one when the file does not know it."""
        return self.topics.get(slug) or self.topics[GENERAL]

    def queue_of(self, slug: str) -> str:
        """The queue that a topic's conversations wait in."""
        return self.topic(slug).queue


def parse_topics(text: str, file: str) -> Topics:
    """The topics in ``text``. Raises InvalidArticles with file, line and field."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        return Topics.model_validate(tomllib.loads(text))
    except RecursionError:
        raise InvalidArticles([Problem(file, 0, "", "is nested too deep; write plain tables")]) from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise InvalidArticles(
            [Problem(file, int(found[1]) if found else 0, "", f"is not valid TOML: {error}")]
        ) from None
    except ValidationError as error:
        problems = []
        for entry in error.errors():
            field = ".".join(str(part) for part in entry["loc"])
            message = entry["msg"].removeprefix("Value error, ")
            if not field:
                field, _, message = message.partition(": ")
            problems.append(Problem(file, _line(text, field), field, message))
        raise InvalidArticles(problems) from None


def read_topics(folder: Path) -> Topics:
    """The folder's ``topics.toml``, or the defaults when it has none."""
    file = folder / "topics.toml"
    if not file.is_file():
        return Topics()
    try:
        return parse_topics(file.read_text(encoding="utf-8"), str(file))
    except UnicodeDecodeError:
        raise InvalidArticles([Problem(str(file), 0, "", "is not UTF-8 text; save it as UTF-8")]) from None


def _line(text: str, field: str) -> int:
    """The line of a field's table or, when it can be told, of the field itself."""
    parts = field.split(".")
    lines = text.split("\n")
    table = f"[{'.'.join(parts[:2])}]"
    for number, line in enumerate(lines, 1):
        if line.strip() == table:
            for offset, inner in enumerate(lines[number:], number + 1):
                if inner.startswith("["):
                    break
                if len(parts) > 2 and inner.split("=")[0].strip() == parts[2]:
                    return offset
            return number
    return 0
