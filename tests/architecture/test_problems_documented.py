import mathvidya.app  # importing every slice registers its problem types
from mathvidya.platform.errors import DomainError, problem_types
from mathvidya.platform.http.problems import status_of
from mathvidya.settings import ROOT

KINDS = [kind for kind in problem_types() if kind is not DomainError]


def test_the_application_is_loaded() -> None:
    assert callable(mathvidya.app.create_app)


def test_every_problem_type_has_its_page() -> None:
    missing = [kind.slug for kind in KINDS if not (ROOT / f"docs/problems/{kind.slug}.md").exists()]
    assert missing == []


def test_every_page_is_of_a_problem_type_that_exists() -> None:
    known = {kind.slug for kind in KINDS} | {"internal-error", "README"}
    pages = {page.stem for page in (ROOT / "docs/problems").glob("*.md")}
    assert pages <= known | {"method-not-allowed", "request-entity-too-large"}


def test_slugs_are_unique() -> None:
    slugs = [kind.slug for kind in KINDS]
    assert len(slugs) == len(set(slugs))


def test_every_kind_maps_to_a_status() -> None:
    assert all(400 <= status_of(kind) < 600 for kind in KINDS)
