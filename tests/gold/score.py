"""Score an extractor against the gold reports.

    python -m tests.gold.score [GOLD ...] [--split fitting|checking] [--command CMD]
                               [--records FILE.jsonl] [--misses] [--json] [--store [URL]]

GOLD is a folder of gold .json files, or such files; without it, tests/gold/reports. The reports
are written to a JSONL file (`id`, `published`, `title`, `text` a line), CMD is run with that file
as its one argument, and the records that it prints (one JSON object a line, fields as in
docs/record.md) are held against the gold ones at the three levels of `store.scoring`.

With --store the gold is what reviewers have said in a ledger: URL, by default the one that
DATABASE_URL names. `python -m store gold` writes it as files.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from store.gold import measured
from store.ledger import Store
from store.scoring import Row, Score, match, same, score

__all__ = ["Row", "Score", "load", "match", "parse", "report", "run", "same", "score"]

HERE = Path(__file__).parent
REPORTS = HERE / "reports"


def load(paths: Iterable[Path | str] = (REPORTS,), split: str | None = None) -> list[Row]:
    """Gold articles from folders and files, in the order of their names.

    `split` keeps those that split.json lists under "fitting" or "checking".
    """
    files: list[Path] = []
    for path in map(Path, paths):
        files += sorted(path.glob("*.json")) if path.is_dir() else [path]
    articles: list[Row] = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    if split is not None:
        kept = set(json.loads((HERE / "split.json").read_text(encoding="utf-8"))[split])
        articles = [a for a in articles if a["id"] in kept]
    return articles


def parse(lines: Iterable[str]) -> Iterator[Row]:
    """Records from JSON lines; empty lines are passed over."""
    for line in lines:
        if line.strip():
            yield json.loads(line)


def run(command: list[str], articles: list[Row]) -> list[Row]:
    """The records that a command prints for the articles; RuntimeError if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        with path.open("w", encoding="utf-8") as file:
            for article in articles:
                asked = {key: article.get(key) for key in ("id", "published", "title", "text")}
                file.write(json.dumps(asked, ensure_ascii=False) + "\n")
        done = subprocess.run([*command, str(path)], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{shlex.join(command)}: exit status {done.returncode}")
    return list(parse(done.stdout.splitlines()))


def report(total: Score) -> str:
    """The score in lines of text."""
    lines = [f"{total.articles} articles, {total.gold} gold records, {total.found} printed"]
    for name in total.right:
        precision, recall, f1 = total.level(name)
        lines.append(f"{name:7} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    lines.append(
        "articles with every record fully right and none made up: "
        f"{total.whole} of {total.articles}"
    )
    if total.right["figure"]:
        shares = total.field_accuracy().items()
        lines.append(
            "fields, over the figures found: "
            + "  ".join(f"{name} {share:.3f}" for name, share in shares)
        )
    return "\n".join(lines)


def main() -> int:
    """Score by the command line's wishes; 1 if the command under test fails."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", default=[REPORTS], help="gold folders or files")
    parser.add_argument("--store", nargs="?", const="", metavar="URL", help="score reviews there")
    parser.add_argument("--split", choices=("fitting", "checking"))
    parser.add_argument("--command", default=shlex.join([sys.executable, "-m", "extraction"]))
    parser.add_argument("--records", type=Path, help="score this JSONL file, run no command")
    parser.add_argument("--misses", action="store_true", help="print what is missed or wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON, last")
    args = parser.parse_args()
    if args.store is not None:
        articles = Store(args.store or None).review.gold()
        if not articles:
            print("no record of this ledger has been reviewed yet", file=sys.stderr)
            return 1
    else:
        articles = load(args.gold, args.split)
    if args.records:
        found = list(parse(args.records.read_text(encoding="utf-8").splitlines()))
        if args.split:
            ids = {a["id"] for a in articles}
            found = [record for record in found if record.get("article") in ids]
    else:
        try:
            found = run(shlex.split(args.command), articles)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
    total = score(articles, found) if args.store is None else measured(articles, found)
    if args.misses:
        print("\n".join(total.misses))
    print(report(total))
    if args.json:
        print(json.dumps(total.as_json()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
