"""Charts are the same bytes everywhere, and hold no clock."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from builder.charts import draw_charts
from builder.content.model import FigureForm
from builder.rendering.strings import Strings

ROOT = Path(__file__).parent.parent
DRAW = """
from builder.charts import draw_charts
from builder.content.model import FigureForm
from builder.rendering.strings import Strings
rows = [("2022-03-25", 28052), ("2023-02", 44000), ("2024-01", 88000)]
figures = tuple(FigureForm(metric="resources", value=n, unit="count", period=p, source="press") for p, n in rows)
for chart in draw_charts(figures, Strings({})):
    print(chart.address, chart.content.decode())
"""


def _drawn(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DRAW],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_a_chart_is_the_same_with_and_without_lxml() -> None:
    assert _drawn(NO_LXML="1") == _drawn()


def test_a_chart_shows_its_figures_and_no_day() -> None:
    drawn = _drawn()
    assert all(number in drawn for number in ("28,052", "44,000", "88,000"))
    assert "<!--" not in drawn
    assert "<script" not in drawn


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh-CN", ["28,052", "44,000", "88,000", "超过130,000", "31%", "9.3%"]),
        ("en", ["28,052", "44,000", "88,000", "more than 130,000", "31 %", "9.3 %"]),
    ],
)
def test_a_bar_says_its_figure_as_the_table_does_with_its_unit_and_more_than(language: str, shown: list[str]) -> None:
    theme = yaml.safe_load((ROOT / f"themes/default/strings/{language}.yaml").read_text(encoding="utf-8"))
    figures = yaml.safe_load((ROOT / "content/figures.yaml").read_text(encoding="utf-8"))
    chosen = ("resources", "views_share_students", "views_share_parents")
    forms = TypeAdapter(tuple[FigureForm, ...]).validate_python(
        [{**figure, "period": str(figure["period"])} for figure in figures if figure["metric"] in chosen]
    )
    drawn = "".join(chart.content.decode() for chart in draw_charts(forms, Strings(theme)))
    assert sorted(re.findall(r'<text class="value"[^>]*>([^<]+)<', drawn)) == sorted(shown)
