"""What templates may do with plain values: numbers, dates, sizes, strings with gaps. All pure."""

from __future__ import annotations

from typing import Any

from builder.rendering.strings import Strings

_UNITS = ("KB", "MB", "GB", "TB")


def number(value: float) -> str:
    """A number with thousands separators: 28052 → 28,052; 31.0 → 31."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def size(value: int) -> str:
    """Bytes in decimal units (IEC 80000-13 keeps kilo for 1,000): 48211004 → 48.2 MB."""
    amount = value / 1000
    for unit in _UNITS:
        if amount < 999.5 or unit == _UNITS[-1]:
            return f"{amount:.1f} {unit}" if amount < 99.95 and unit != "KB" else f"{max(1, round(amount))} {unit}"
        amount /= 1000
    raise AssertionError


def duration(seconds: int) -> str:
    """Seconds as on a player: 750 → 12:30, 3905 → 1:05:05."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def make_filters(strings: Strings) -> dict[str, Any]:
    """The filters of a theme; dates are written as its strings say.

    Args:
        strings: with `date_format`, `month_format` and `months`.
    """

    def day(iso: str) -> str:
        year, month, date = iso.split("-")
        return str(strings["date_format"]).format(
            year=year, month=int(month), month_name=strings.list("months")[int(month) - 1], day=int(date)
        )

    def month(iso: str) -> str:
        year, number_ = iso.split("-")[:2]
        return str(strings["month_format"]).format(
            year=year, month=int(number_), month_name=strings.list("months")[int(number_) - 1]
        )

    def fill(string: Any, **values: Any) -> str:
        if isinstance(string, dict):
            string = string["one" if values.get("count") == 1 else "other"]
        shown = {
            name: number(value) if isinstance(value, (int, float)) else str(value) for name, value in values.items()
        }
        return str(string).format(**shown)

    def replace(string: str, old: str, new: str) -> str:
        return string.replace(old, new)

    return {
        "replace": replace,
        "number": number,
        "size": size,
        "duration": duration,
        "day": day,
        "month": month,
        "fill": fill,
    }
