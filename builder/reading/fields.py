"""The kinds of values that forms are made of: IDs, days, addresses, texts by language."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Discriminator, Field, Tag, WithJsonSchema
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

# A form is built when it is first filled in: a build that reads one file anew needs few of them.
_STRICT = ConfigDict(extra="forbid", str_strip_whitespace=True, str_min_length=1, defer_build=True)
form = dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)

ID = re.compile(r"(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_TIME = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_SOME = "([0-9]{1,6})"  # of a unit; more would be no length of anything, and too large a number for data
_DURATION = re.compile(rf"PT(?=.)(?:{_SOME}H)?(?:{_SOME}M)?(?:{_SOME}S)?\Z")
_PERIOD = re.compile(rf"(?:to )?(?P<days>{_TIME}(?:/{_TIME})?)(?:[,，] *.+| *[(（].+[)）])?\Z")
NO_PART_OF_A_HOST = re.compile("[\u3000-\u303f\uff00-\uff65]")  # signs that a Chinese keyboard writes for plain ones
LOCAL_HOST = re.compile(  # of an editor's own computer: nobody else reaches what is there
    r"https?://(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])(?::\d+)?(?P<page>[/?#].*)?\Z", re.IGNORECASE
)
# What most addresses look like: no port, name, bracket or anything else that has to be taken apart to be judged.
_PLAIN_ADDRESS = re.compile(
    r"https?://(?!localhost|127\.|0\.0)[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[\w./?=&%~+-]*)?\Z", re.ASCII
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _id(value: Any) -> Any:
    if isinstance(value, str) and not ID.match(value):
        raise PydanticCustomError("bad_id", "not an ID")
    return value


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value) if _DAY.match(value) else _no_day()
        except ValueError:
            return _no_day()
    return value


def _no_day() -> Any:
    raise PydanticCustomError("bad_date", "not a date")


def seconds(duration: str) -> int:
    """Seconds of an ISO 8601 duration of hours, minutes and seconds, each a number of up to six digits.

    Raises:
        ValueError: it is not one.
    """
    match = _DURATION.match(duration)
    if match is None:
        raise ValueError(duration)
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest


def _duration(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return seconds(value)
        except ValueError:
            raise PydanticCustomError("bad_duration", "not a duration") from None
    return value


def _web_address(value: Any) -> Any:
    if isinstance(value, str) and not _PLAIN_ADDRESS.match(value):
        try:
            parts = urlsplit(value)
            _ = parts.port  # looked at only when it is asked for
        except ValueError:
            parts = urlsplit("")
        host = parts.hostname or "http"  # which stands there where the beginning is doubled: `http://https://…`
        is_web = (
            parts.scheme in {"http", "https"}
            and host not in {"http", "https"}
            and not NO_PART_OF_A_HOST.search(parts.netloc)
        )
        if not is_web or re.search(r"[\s\\<>\"]|[。，、；]\Z", value):
            raise PydanticCustomError("bad_address", "not an address")
        if LOCAL_HOST.match(value):
            raise PydanticCustomError("local_address", "of this computer")
    return value


def _period(value: Any) -> Any:
    """A time as in `2022-03`, or from one to another, with what it needs in words before or behind."""
    if isinstance(value, str):
        match = _PERIOD.match(value)
        days = [_first_day(day) for day in match["days"].split("/")] if match else [None]
        if None in days or days != sorted(days):  # type: ignore[type-var]
            raise PydanticCustomError("bad_period", "not a period")
    return value


def _first_day(written: str) -> date | None:
    """The first day of a year, a month or a day."""
    year, month, day = [*written.split("-"), "01", "01"][:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _sha256(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch("[0-9a-f]{64}", value):
        raise PydanticCustomError("bad_sha256", "not a SHA-256")
    return value


def _line(value: str) -> str:
    """A text as one line, as pages show it: an editor may have written it in several."""
    return " ".join(value.split()) if "\n" in value else value


def _either(value: Any) -> str:
    return "by language" if isinstance(value, dict) else "text"


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"-?[0-9]+", value):
            return int(value)
        if re.fullmatch(r"-?[0-9]+\.[0-9]+", value):
            return float(value)
    return value


Id = Annotated[str, BeforeValidator(_id), Field(json_schema_extra={"pattern": "^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$"})]
Day = Annotated[date, BeforeValidator(_day), Field(examples=[date(2022, 3, 5)])]
Seconds = Annotated[
    int, BeforeValidator(_duration), WithJsonSchema({"type": "string", "format": "duration", "examples": ["PT12M30S"]})
]
WebAddress = Annotated[
    str,
    BeforeValidator(_web_address),
    Field(json_schema_extra={"format": "uri"}, examples=["https://example.org/moon.html"]),
]
Period = Annotated[str, BeforeValidator(_period), Field(examples=["2022-03"])]
Sha256 = Annotated[
    str,
    BeforeValidator(_sha256),
    Field(json_schema_extra={"pattern": "^[0-9a-f]{64}$"}, examples=["9f86d081" * 8]),
]
Grade = Annotated[int, Field(ge=1, le=12)]
_Line = Annotated[str, AfterValidator(_line)]
Localised = Annotated[
    Annotated[_Line, Tag("text")] | Annotated[dict[str, _Line], Field(min_length=1), Tag("by language")],
    Discriminator(_either),
]
Grades = Annotated[
    Annotated[Grade, Tag("text")] | Annotated[tuple[Grade, ...], Field(min_length=1), Tag("list")],
    Discriminator(lambda value: "list" if isinstance(value, (list, tuple)) else "text"),
]
LARGEST = 2**53 - 1  # whole numbers up to here are told apart by all readers of JSON (RFC 8259, section 6)
Number = Annotated[
    Annotated[int, Field(ge=-LARGEST, le=LARGEST)] | Annotated[float, Field(allow_inf_nan=False)],
    BeforeValidator(_number),
    Field(json_schema_extra={"type": "number"}),
]


def doc(text: str, example: Any = None, **more: Any) -> Any:
    """What a field is and a value of it, for the JSON Schema, the field reference and the hints of mistakes.

    Args:
        text: what it is.
        example: as an editor may write it; without one, that of its type serves.
        more: what else holds of it.
    """
    return Field(description=text, examples=None if example is None else [example], **more)
