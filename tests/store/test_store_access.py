"""Every write asks who writes: a reader writes by no function of the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.access import Access, Identity, NotAllowed, access_from, configured, local_user
from store.arrivals import Arrival, prepared
from store.ledger import Store
from store.review import Figure
from tests.store.claims_made import record, report

TEXT = "On Wednesday 361 foreigners crossed at Rafah, 31 of them Austrians."
OTHER = "On Friday 20 people crossed at Erez, then five more."
RULES = Access(login=True, editors=("ana@example.org", "*@desk.example"), readers=("*",))
ANA = Identity("Ana", "ana@example.org", verified=True)
READER = Identity("Bo", "bo@example.org", verified=True)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(f"sqlite:///{tmp_path / 'ledger.db'}", RULES)
    records = [record(TEXT, "361"), record(TEXT, "31", count=31)]
    opened.signed_by(ANA).add(report(TEXT), records, extractor="1")
    return opened


WRITES: dict[str, Callable[[Store, str, str], object]] = {
    "add": lambda s, p, r: s.add(report(OTHER), [], extractor="1"),
    "add_all": lambda s, p, r: s.add_all([prepared(Arrival(report(OTHER), (), "1"))]),
    "remove": lambda s, p, r: s.remove(p),
    "restore": lambda s, p, r: s.restore(p),
    "read_again": lambda s, p, r: s.read_again(p, [], extractor="2"),
    "recommend": lambda s, p, r: s.recommend(r, "why"),
    "unrecommend": lambda s, p, r: s.unrecommend(r),
    "accept": lambda s, p, r: s.review.accept(r, base=0),
    "correct": lambda s, p, r: s.review.correct(r, {"group": "patient"}, base=0),
    "reject": lambda s, p, r: s.review.reject(r, base=0),
    "mark": lambda s, p, r: s.review.add(p, Figure(13, 16, {"count": 361})),
    "split": lambda s, p, r: s.review.split(r, [Figure(13, 16, {"count": 1})] * 2, base=0),
    "join": lambda s, p, r: s.review.join(r, r, base=0, other_base=0),
    "undo": lambda s, p, r: s.review.undo(1),
}
NOBODIES = {
    "nobody": None,
    "a reader": READER,
    "an unverified editor": Identity("Ana", "ana@example.org"),
    "a name without an address": Identity("ana@example.org", local=True),
    "a look-alike": Identity("Ana", "ana@example.org.evil.example", verified=True),
    "one of a domain inside another": Identity("X", "x@desk.example.evil", verified=True),
}


@pytest.mark.parametrize("who", NOBODIES)
@pytest.mark.parametrize("what", WRITES)
def test_no_write_without_an_editors_identity(store: Store, what: str, who: str) -> None:
    frame, version = store.records(), store.version()
    with pytest.raises(NotAllowed):
        WRITES[what](
            store.signed_by(NOBODIES[who]), frame["report_key"].iloc[0], frame["record_key"].iloc[0]
        )
    assert store.version() == version


def test_every_function_of_the_store_that_writes_is_among_those_tested() -> None:
    reads = {"close", "version", "records", "reports", "text", "signed_by", "access", "review"}
    reads |= {"engine", "editor", "texts", "newest"}
    public = {name for name in dir(Store) if not name.startswith("_")} - reads
    acts = {"accept", "correct", "reject", "split", "join", "undo"}
    assert public - {"original", "originals"} <= set(WRITES) - acts - {"mark"}


def test_an_editor_writes_and_the_write_bears_the_name(store: Store) -> None:
    key = store.records()["record_key"].iloc[0]
    store.signed_by(ANA).review.accept(key, base=0)
    assert store.records()["reviewer"].iloc[0] == "Ana <ana@example.org>"


def test_an_editor_is_known_by_address_whatever_its_case_or_by_domain() -> None:
    assert RULES.role(Identity("A", "ANA@Example.org", verified=True)) == "editor"
    assert RULES.role(Identity("C", "c@desk.example", verified=True)) == "editor"
    assert RULES.role(READER) == "reader"
    assert RULES.role(None) is None
    assert Access(login=True, public=True).role(None) == "reader"


def test_without_login_this_machine_edits_and_others_read() -> None:
    assert Access().role(local_user("Ana")) == "editor"
    assert Access().role(Identity("visitor")) == "reader"
    assert Access(open=True).role(Identity("visitor")) == "editor"


@pytest.mark.parametrize(
    "roles", [{"editor": ["a@b.c"]}, {"editors": "a@b.c"}, {"public": "yes"}, {"editors": [1]}]
)
def test_a_misspelt_rule_is_an_error(roles: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="roles"):
        access_from({"auth": {}, "roles": roles})


def test_the_rules_come_from_the_secrets_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secrets.toml"
    monkeypatch.setenv("LEDGER_SECRETS", str(path))
    with pytest.raises(ValueError, match="cannot be read"):
        configured()
    path.write_text('[auth]\nclient_id = "x"\n[roles]\neditors = ["ana@example.org"]\n')
    assert configured() == Access(login=True, editors=("ana@example.org",))
