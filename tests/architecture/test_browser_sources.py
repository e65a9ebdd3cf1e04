"""Colours have one home, and nothing in the sources could break the content security policy."""

import re

import pytest

from mathvidya.settings import ROOT

SOURCES = ROOT / "evaluation_ui" / "src"
FILES = sorted(
    path
    for path in SOURCES.rglob("*")
    if path.suffix in {".vue", ".css", ".ts"} and path.name != "schema.d.ts"
)
_TOKENS = SOURCES / "design" / "tokens.css"
_RAW_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])|\b(?:rgb|hsl|oklch)a?\(")
_INLINE = re.compile(r"v-html|<[a-z][^>]*\sstyle=\"|\.innerHTML\b|\beval\(|new Function\(")


def test_colours_are_named_in_the_tokens_and_used_by_name() -> None:
    found = [path.name for path in FILES if path != _TOKENS and _RAW_COLOUR.search(path.read_text("utf-8"))]
    assert found == []


def test_no_source_writes_markup_or_style_from_a_string() -> None:
    assert [path.name for path in FILES if _INLINE.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("key", ["--ink", "--surface", "--brand"])
def test_each_token_of_colour_has_a_light_and_a_dark_value(key: str) -> None:
    assert re.search(rf"{key}: light-dark\(", _TOKENS.read_text("utf-8"))


def test_every_text_that_a_page_asks_for_is_in_the_catalogues() -> None:
    known = {
        key
        for path in (SOURCES / "texts" / "en").glob("*.json")
        for key in re.findall(r'^\s*"([^"]+)":', path.read_text("utf-8"), re.MULTILINE)
    }
    asked = {
        key
        for path in FILES
        for key in re.findall(r'(?<![\w.])t\(\s*["\']([\w.-]+)["\']', path.read_text("utf-8"))
    }
    assert asked - known == set()
