"""The loader: a sound model is loaded frozen, and every broken one stops the start with its cure."""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

import langsikt
from langsikt.model import checks, vocabulary, wording
from langsikt.model.__main__ import main
from langsikt.model.describe import event_lines
from langsikt.model.load import METHOD, ModelError, load
from langsikt.model.shaping import SLUGS

PACKAGE = Path(langsikt.__file__).parent
MODEL = PACKAGE / "model"
BROKEN = tomllib.loads((Path(__file__).parent / "broken" / "broken.toml").read_text("utf-8"))["broken"]
STEPS = ("contact", "investigation", "decision", "placement", "needs_after", "follow_up", "closure")


def break_it(folder: Path, broken: dict[str, str]) -> None:
    file = folder / broken["file"]
    sound = file.read_text("utf-8")
    assert broken["old"] in sound, f"{broken['file']} no longer holds {broken['old']!r}: correct broken.toml"
    file.write_text(sound.replace(broken["old"], broken["new"], 1), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the model files that may be broken."""
    for file in MODEL.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def start(*words: str, package: Path = PACKAGE) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *words],
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


class TestBroken:
    """What contradicts itself is refused, and the refusal says how to cure it."""

    def test_there_are_enough_of_them_and_each_file_has_some(self) -> None:
        assert len(BROKEN) >= 20
        assert {one["file"] for one in BROKEN} == {file.name for file in MODEL.glob("*.toml")}

    @pytest.mark.parametrize("broken", BROKEN, ids=[one["name"] for one in BROKEN])
    def test_the_message_names_file_word_and_cure(self, broken: dict[str, str], folder: Path) -> None:
        break_it(folder, broken)
        with pytest.raises(ModelError) as refused:
            load(folder)
        lines = [line for line in refused.value.lines if broken["word"] in line and broken["cure"] in line]
        assert lines, str(refused.value)
        assert lines[0].startswith(f"{broken.get('told', broken['file'])}: ")
        assert all("Cure: " in line for line in refused.value.lines)

    def test_an_unbroken_copy_loads(self, folder: Path) -> None:
        assert load(folder) == METHOD

    def test_a_missing_file(self, folder: Path) -> None:
        (folder / "roles.toml").unlink()
        with pytest.raises(ModelError, match=r'roles\.toml: file: "roles\.toml" is missing\. Cure: put roles\.toml'):
            load(folder)

    def test_a_file_that_is_not_utf_8(self, folder: Path) -> None:
        (folder / "terms.toml").write_bytes("[ärende]".encode("latin-1"))
        with pytest.raises(ModelError, match=r"terms\.toml: file: not UTF-8 .* Cure: save the file as UTF-8"):
            load(folder)

    def test_two_faults_are_told_together(self, folder: Path) -> None:
        for name in ("unknown role", "unknown field asked for"):
            break_it(folder, next(one for one in BROKEN if one["name"] == name))
        with pytest.raises(ModelError) as refused:
            load(folder)
        assert len(refused.value.lines) == 2

    def test_a_fault_in_the_rules_of_erasure_is_told_with_all_others(self, folder: Path) -> None:
        for name in ("unknown role", "a rule of erasure without its years, which would erase at once"):
            break_it(folder, next(one for one in BROKEN if one["name"] == name))
        with pytest.raises(ModelError) as refused:
            load(folder)
        assert [line.partition(":")[0] for line in sorted(refused.value.lines)] == ["retention.toml", "steps.toml"]

    @pytest.mark.parametrize("file", sorted(file.name for file in MODEL.glob("*.toml")))
    def test_the_start_stops(self, file: str, tmp_path: Path) -> None:
        """One broken file of each sort, in a copy of the package that is started for real."""
        copy = tmp_path / "langsikt"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
        broken = next(one for one in BROKEN if one["file"] == file)
        break_it(copy / "model", broken)
        done = start("-m", "langsikt.model", package=copy)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
        assert broken["word"] in done.stderr
        assert broken["cure"] in done.stderr


class TestMethod:
    """What the sound model holds."""

    def test_the_seven_steps_in_order(self) -> None:
        assert tuple(key for key, step in METHOD.steps.items() if step.number) == STEPS
        assert [METHOD.steps[key].number for key in STEPS] == [1, 2, 3, 4, 5, 6, 7]
        assert METHOD.steps["throughout"].number == 0
        assert len({step.slug for step in METHOD.steps.values()}) == len(SLUGS) == 8

    def test_it_is_frozen(self) -> None:
        fixed: Any = METHOD
        with pytest.raises(FrozenInstanceError):
            fixed.steps = {}
        with pytest.raises(TypeError):
            fixed.steps["contact"] = None
        with pytest.raises(FrozenInstanceError):
            fixed.steps["contact"].number = 2

    def test_silence_means_the_events_own_step(self) -> None:
        assert METHOD.events["conclude_investigation"].during == {"investigation"}

    def test_the_own_effect_stands_first(self) -> None:
        effects = METHOD.events["open_investigation"].effects
        assert [effect.fact for effect in effects] == [None, "acute"]
        assert effects[0].opens == ("investigation",)

    def test_the_core_needs_come_first(self) -> None:
        assert list(METHOD.needs)[:3] == ["housing", "occupation", "social_support"]
        assert [need.key for need in METHOD.needs.values() if need.core] == list(METHOD.needs)[:3]
        assert len(METHOD.needs) == 10

    def test_the_six_states(self) -> None:
        assert list(METHOD.need_states) == [
            "not_assessed",
            "need",
            "no_need_now",
            "manages",
            "declines",
            "could_not_accept",
            "pause",
        ]

    def test_the_glossary_stays_short(self) -> None:
        assert len(METHOD.terms) <= 67

    def test_who_decides_differs_between_districts(self) -> None:
        flat = [row for row in METHOD.competence if row.intervention == "transitional_flat"]
        assert {row.district for row in flat} == {"*", "farsta"}
        assert [bool(row.roles) for row in flat if row.district == "farsta"] == [True, False]

    def test_no_way_from_placement_to_closure(self) -> None:
        for name in METHOD.steps["placement"].events:
            for effect in METHOD.events[name].effects:
                assert "closure" not in effect.opens + effect.reopens
                assert effect.ends is None

    def test_it_knows_nothing_of_django(self) -> None:
        modules = [f"langsikt.model.{file.stem}" for file in MODEL.glob("*.py") if file.stem != "__init__"]
        assert len(modules) > 10
        code = f"import sys, {', '.join(modules)}; sys.exit('django' in sys.modules)"
        assert start("-c", code).returncode == 0


class TestWords:
    """What is printed and documented."""

    def test_every_named_fact_can_be_said(self) -> None:
        assert wording.FACTS.keys() == vocabulary.FACTS
        assert wording.NEEDS.keys() == vocabulary.NEEDS
        assert wording.EXPECTED.keys() == vocabulary.EXPECTED
        assert wording.STOPS.keys() == vocabulary.HARD_STOPS
        assert tuple(wording.LOOKS) == checks.LOOKS

    @pytest.mark.parametrize("name", METHOD.events)
    def test_every_event_says_who_and_why(self, name: str) -> None:
        lines = event_lines(METHOD, METHOD.events[name])
        labels = [label.sv for label, _ in lines]
        assert labels[0] == "när"
        assert {"vem", "källa"} <= set(labels)
        assert all(label.en and words.en and words.sv for label, words in lines)

    def test_a_step_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["placement", "needs_after"]) == 0
        printed = capsys.readouterr().out
        assert "4. Placering på skyddat boende  [placement]" in printed
        assert "Placeringen har upphört  (end_placement)" in printed
        assert "öppnar (igen) Behov efter" in printed
        assert "hårt stopp om inte: platsen är ledig" in printed
        assert "Kontakt med socialtjänsten tas" not in printed

    def test_all_is_printed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main([]) == 0
        printed = capsys.readouterr().out
        assert [name for name in METHOD.events if f"({name})" not in printed] == []

    def test_an_unknown_step_gets_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["placering"]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.splitlines() == [
            'Steget "placering" finns inte. Stegen heter: contact, investigation, decision, placement, needs_after, '
            "follow_up, closure, throughout."
        ]
