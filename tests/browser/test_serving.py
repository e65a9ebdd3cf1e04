"""How the bundle is served: kept for a year or asked anew, compressed ahead, under a strict policy."""

import gzip

import httpx

from mathvidya.local.stack import Stack


def test_pages_are_asked_anew_under_a_policy_that_allows_no_inline_code(house: Stack) -> None:
    answer = httpx.get(f"{house.url}/student/exams/whatever")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.text


def test_files_with_a_hash_in_their_name_are_kept_for_a_year_and_come_compressed(house: Stack) -> None:
    page = httpx.get(f"{house.url}/student/").text
    script = page.partition('src="')[2].partition('"')[0]
    plain = httpx.get(house.url + script, headers={"Accept-Encoding": "identity"})
    packed = httpx.get(house.url + script, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in plain.headers["Cache-Control"]
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content)


def test_what_is_not_in_the_bundle_is_not_there(house: Stack) -> None:
    for path in ("/assets/../serving.py", "/assets/nothing.js", "/assets/..%2f..%2fserving.py"):
        assert httpx.get(house.url + path).status_code == 404
