import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mathvidya.cli.sla import sla
from mathvidya.cli.sla.reference import UnknownPlan, plan_named, policy_of_hours, reference_calendar
from workflows.sla import Policy, PolicyUnit

FILES = Path(__file__).parent / "vectors"


def command(*words: str | Path) -> Result:
    result = CliRunner().invoke(sla, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def written(folder: Path, content: object) -> Path:
    file = folder / "case.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def vectors(**changes: Any) -> dict[str, Any]:
    """A small file of one calendar and one vector, with some of the vector's fields changed."""
    vector = {
        "id": "v1",
        "op": "add",
        "calendar": "office",
        "start": "2026-01-05T09:00+00:00",
        "seconds": 3600,
        "end": "2026-01-05T10:00+00:00",
        "edge": "any",
    }
    week = {"mon": [["09:00", "17:00"]]}
    office = {"tz": "UTC", "week": week, "holidays": [], "overrides": {}, "pauses": []}
    row = {key: value for key, value in {**vector, **changes}.items() if value is not None}
    return {"calendars": {"office": office}, "vectors": [row]}


class TestCheck:
    def test_the_vectors_agree(self) -> None:
        result = command("check", FILES / "sla_vectors.json")
        assert (result.exit_code, result.output) == (0, "173 of 173 agree\n")

    def test_the_worked_examples_agree(self) -> None:
        result = command("check", FILES / "sla_worked_examples.json")
        assert (result.exit_code, result.output) == (0, "15 of 15 agree\n")

    def test_a_mismatch_is_shown_and_fails(self, tmp_path: Path) -> None:
        wrong = vectors(end="2026-01-05T10:00:01+00:00")
        wrong["vectors"].extend(vectors()["vectors"])
        result = command("check", written(tmp_path, wrong))
        assert result.exit_code == 1
        assert result.output.splitlines() == [
            "v1: expected 2026-01-05T10:00:01+00:00, got 2026-01-05T10:00:00+00:00",
            "1 of 2 agree",
        ]

    def test_an_example_is_wrong_if_either_plan_is(self, tmp_path: Path) -> None:
        content = json.loads((FILES / "sla_worked_examples.json").read_text(encoding="utf-8"))
        content["rows"][0]["due_48"] = "2026-01-06T17:59:00+05:30"
        result = command("check", written(tmp_path, content))
        assert result.exit_code == 1
        assert result.output.endswith("14 of 15 agree\n")

    def test_any_edge_means_that_both_must_give_the_end(self, tmp_path: Path) -> None:
        at_closing = vectors(seconds=8 * 3600, end="2026-01-05T17:00+00:00")
        assert command("check", written(tmp_path, at_closing)).exit_code == 1
        at_closing["vectors"][0]["edge"] = "close"
        assert command("check", written(tmp_path, at_closing)).exit_code == 0

    def test_a_budget_that_never_ends_is_a_mismatch(self, tmp_path: Path) -> None:
        result = command("check", written(tmp_path, vectors(seconds=10**9)))
        assert result.exit_code == 1
        assert "got the budget runs past the calendar" in result.output

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ([], "expected an object with calendars and vectors, or with rows"),
            ({"rows": []}, "expected an object with"),
            ({"calendars": {}, "vectors": []}, "expected an object with"),
            ({"rows": [3]}, "a case without case: "),
            ({"rows": [{"case": "x"}]}, "x: 'calendar' is missing or unknown"),
            (vectors(start=None), "v1: 'start' is missing or unknown"),
            (vectors(op="multiply"), "v1: 'multiply' is not a valid Operation"),
            (vectors(edge="blunt"), "v1: 'blunt' is missing or unknown"),
            (vectors(seconds="3600"), "v1: unsupported type for timedelta seconds component: str"),
            (vectors(seconds=1e300), "v1: "),
            (vectors(start="yesterday"), "v1: Invalid isoformat string: 'yesterday'"),
            (vectors(start="2026-01-05T09:00"), "v1: '2026-01-05T09:00' has no UTC offset"),
            (vectors(calendar="shop"), "v1: there is no calendar 'shop'"),
            (vectors(start="0001-01-05T09:00+00:00"), "a calendar cannot be compiled"),
            ({**vectors(), "calendars": {"office": {}}}, "calendar office: 'tz' is missing"),
            ({**vectors(), "calendars": {"office": {"tz": "Mars"}}}, "calendar office: 'week'"),
        ],
    )
    def test_a_malformed_file_is_named_with_the_case_at_fault(
        self, tmp_path: Path, content: object, message: str
    ) -> None:
        result = command("check", written(tmp_path, content))
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert message in result.output

    def test_a_calendar_that_never_opens_is_malformed(self, tmp_path: Path) -> None:
        content = vectors()
        content["calendars"]["office"]["week"] = {}
        result = command("check", written(tmp_path, content))
        assert result.exit_code == 1
        assert "no working time" in result.output

    def test_what_is_not_json_is_malformed(self, tmp_path: Path) -> None:
        file = tmp_path / "picture.json"
        for content in (b"\xff\xd8\xff", b"{"):
            file.write_bytes(content)
            result = command("check", file)
            assert result.exit_code == 1
            assert "not a JSON text" in result.output

    def test_a_file_that_is_not_there_is_a_usage_error(self, tmp_path: Path) -> None:
        result = command("check", tmp_path / "nowhere.json")
        assert result.exit_code == 2
        assert "does not exist" in result.output


class TestDue:
    def test_it_says_when_and_explains_with_the_segments_used(self) -> None:
        result = command("due", "--plan", "centum", "--submitted", "2026-01-09T17:30+05:30", "--explain")
        assert result.exit_code == 0
        assert result.output.splitlines() == [
            "Plan       Plan Centum: 1 working day (540 working minutes)",
            "Submitted  Fri 09 Jan 2026, 17:30",
            "Due        Sat 10 Jan 2026, 17:30 Asia/Kolkata",
            "",
            "Working time used",
            "  Fri 09 Jan 2026, 17:30 to 18:00  30 min",
            "  Sat 10 Jan 2026, 09:00 to 17:30  510 min",
        ]

    def test_it_names_the_days_that_were_skipped(self) -> None:
        result = command("due", "--plan", "basic", "--submitted", "2026-01-24T12:00Z", "--explain")
        assert "Due        Wed 28 Jan 2026, 17:30 Asia/Kolkata" in result.output
        assert result.output.endswith(
            "Days skipped\n  Sun 25 Jan 2026  weekly day off\n  Mon 26 Jan 2026  Republic Day\n"
        )

    def test_without_explain_it_is_three_lines(self) -> None:
        result = command("due", "--plan", "centum", "--submitted", "2026-01-09T17:30+05:30")
        assert len(result.output.splitlines()) == 3

    def test_two_holidays_on_one_date_are_both_named(self) -> None:
        result = command("due", "--plan", "centum", "--submitted", "2025-10-01T17:30+05:30", "--explain")
        assert "Thu 02 Oct 2025  Gandhi Jayanti and Dussehra" in result.output

    def test_as_json_it_is_one_object_with_everything(self) -> None:
        result = command("due", "--plan", "basic", "--submitted", "2026-01-24T17:30+05:30", "--json")
        answer = json.loads(result.output)
        assert answer["policy"] == {"unit": "working_day", "amount": 2}
        assert (answer["budget_minutes"], answer["due_at"]) == (1080, "2026-01-28T17:30:00+05:30")
        assert sum(segment["minutes"] for segment in answer["segments"]) == 1080
        assert answer["skipped"] == [
            {"date": "2026-01-25", "reason": "weekly day off"},
            {"date": "2026-01-26", "reason": "Republic Day"},
        ]

    @pytest.mark.parametrize(
        ("plan", "submitted", "message"),
        [
            ("gold", "2026-01-09T17:30+05:30", "choose one of basic, premium_mcq, premium, centum"),
            ("centum", "2026-01-09T17:30", "has no UTC offset: write 2026-01-09T17:30+05:30"),
            ("centum", "tomorrow", "'tomorrow' is not a moment"),
            ("centum", "2029-01-09T17:30+05:30", "is outside the calendar, which covers"),
            ("basic", "2027-12-31T17:30+05:30", "runs past the calendar"),
        ],
    )
    def test_bad_input_is_a_usage_error_with_the_remedy(
        self, plan: str, submitted: str, message: str
    ) -> None:
        result = command("due", "--plan", plan, "--submitted", submitted)
        assert result.exit_code == 2
        assert message in " ".join(result.output.split())


class TestReference:
    def test_a_day_on_the_price_list_is_a_working_day(self) -> None:
        assert policy_of_hours(24) == Policy(PolicyUnit.WORKING_DAY, 1)
        assert plan_named("premium").policy == Policy(PolicyUnit.WORKING_DAY, 2)

    def test_hours_that_are_no_whole_days_are_refused(self) -> None:
        with pytest.raises(ValueError, match="sla_hours must be a multiple of 24, not 36"):
            policy_of_hours(36)

    def test_an_unknown_plan_is_refused(self) -> None:
        with pytest.raises(UnknownPlan):
            plan_named("")

    def test_the_calendar_reaches_as_far_as_the_holidays_are_known(self) -> None:
        local = reference_calendar().covers_until.astimezone(reference_calendar().rules.zone)
        assert local.isoformat() == "2028-01-01T00:00:00+05:30"
