"""A reader looks, filters and exports, and writes by no path; an editor signs what they write."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from extraction.reports import Report
from store.access import Access
from store.ledger import Store
from tests.ui.conftest import DAY, RECORDS, ROOT, TEXT, words
from ui.navigation import PAGES

SECRETS = '[auth]\nclient_id = "x"\n[roles]\neditors = ["ana@example.org"]\n'
ANA = {"is_logged_in": True, "email": "ana@example.org", "name": "Ana", "email_verified": True}
BO = ANA | {"email": "bo@example.org", "name": "Bo"}
NOBODY = {"is_logged_in": False}


@pytest.fixture(autouse=True)
def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation where visitors sign in; gives the file with its rules."""
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS)
    monkeypatch.setenv("LEDGER_SECRETS", str(path))
    return path


def run(user: dict[str, object], page: str = "overview", **forged: object) -> AppTest:
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    at.user = user | ({"iat": time.time()} if "iat" not in user else {})
    for key, value in forged.items():
        at.session_state[key] = value
    at.run()
    if page != "overview":
        at.switch_page(f"pages/{page}.py").run()
    return at


@pytest.fixture
def ledger(own_ledger: str) -> Store:
    """One report, kept by somebody at the machine itself."""
    store = Store(own_ledger, Access())
    report = Report("rafah", TEXT, "A day at Rafah", DAY, "Wire desk")
    store.add(report, RECORDS, extractor="by hand")
    return store


@pytest.mark.parametrize("page", [page.stem for page in PAGES])
def test_a_reader_finds_nothing_to_write_with_on_any_page(page: str, ledger: Store) -> None:
    version = ledger.version()
    at = run(BO, page)
    assert not at.exception
    assert at.title[0].value == next(one.title for one in PAGES if one.stem == page)
    buttons = {button.label for button in at.button}
    assert not buttons & {
        "Accept",
        "Reject",
        "Undo",
        "Save",
        "Take back",
        "Read all again",
        "Withdraw",
    }
    assert not buttons & {"Read this text", "Remove this report", "Count with this figure"}
    assert not at.get("file_uploader")
    assert "Reader: Bo" in words(at)
    assert ledger.version() == version


@pytest.mark.parametrize("page", [page.stem for page in PAGES])
def test_one_who_has_not_signed_in_sees_only_the_way_in(page: str, ledger: Store) -> None:
    at = run(NOBODY, page)
    assert [button.label for button in at.button] == ["Sign in"]
    assert "Rafah" not in words(at)


def test_an_editor_reviews_and_the_row_bears_the_name(ledger: Store) -> None:
    at = run(ANA, "review")
    key = at.session_state["open_review"]
    at.button(key="review_accept").click().run()
    row = ledger.records().set_index("record_key").loc[key]
    assert (row["review"], row["reviewer"]) == ("accepted", "Ana <ana@example.org>")


@pytest.mark.parametrize(
    "forged",
    [
        {"signed_name": "Ana"},
        {"signed_name_box": "ana@example.org"},
        {"role": "editor"},
        {"identity": ANA},
        {"review_last_act": 1},
    ],
)
def test_forged_session_state_makes_no_editor(ledger: Store, forged: dict[str, object]) -> None:
    version = ledger.version()
    at = run(BO, "review", **forged)
    assert "review_accept" not in {button.key for button in at.button}
    assert "Reviewing is for editors" in words(at)
    assert ledger.version() == version


@pytest.mark.parametrize(
    "query",
    [
        {"record": ["x"], "review_way": ["In a grid"]},
        {"review_way": ["Missed figures"]},
        {"review_way": ["History"], "undo": ["1"]},
        {"remove": ["rafah"], "accept": ["1"]},
    ],
)
def test_no_address_writes(ledger: Store, query: dict[str, list[str]]) -> None:
    version = ledger.version()
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    at.user = BO | {"iat": time.time()}
    for name, values in query.items():
        at.query_params[name] = values
    at.run()
    at.switch_page("pages/review.py").run()
    assert not at.exception
    assert ledger.version() == version


def test_an_editors_screen_writes_no_more_once_the_rules_have_changed(
    ledger: Store, login: Path
) -> None:
    at = run(ANA, "review")
    version = ledger.version()
    login.write_text(SECRETS.replace("ana@", "cleo@"))
    at.button(key="review_accept").click().run()
    assert "may look, but not change anything" in words(at).replace("\\", "")
    assert ledger.version() == version


@pytest.mark.parametrize(
    "user",
    [
        ANA | {"email_verified": False},
        ANA | {"iat": time.time() - 13 * 3600},
        {"is_logged_in": True, "name": "ana@example.org"},
    ],
)
def test_an_unverified_address_or_an_old_login_is_no_editor(
    user: dict[str, object], ledger: Store
) -> None:
    at = run(user, "review")
    assert "review_accept" not in {button.key for button in at.button}


def test_a_readers_visit_reads_no_samples_into_an_empty_ledger(own_ledger: str) -> None:

    run(BO)
    assert Store(own_ledger, Access()).reports().empty


def test_misspelt_rules_close_the_ledger_instead_of_opening_it(ledger: Store, login: Path) -> None:
    login.write_text('[auth]\nclient_id = "x"\n[roles]\neditor = ["ana@example.org"]\n')
    at = run(ANA)
    assert "which is no setting" in "\n".join(error.value for error in at.error)
    assert "Rafah" not in words(at)
