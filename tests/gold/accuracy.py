"""Write the measured accuracy where readers look for it: README.md and data/accuracy.json.

    python -m tests.gold.accuracy [--records FILE.jsonl --how TEXT]

Without --records the extraction is run over tests/gold/reports as it stands. With it, a file of
records is scored instead, such as cross-validated ones; --how says in words where they come from.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.gold.score import Score, load, parse, run, score

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DATA = ROOT / "data" / "accuracy.json"
BEGIN, END = "<!-- accuracy:begin -->", "<!-- accuracy:end -->"
MEANING = {
    "figure": "the number is right",
    "ledger": "and group, status and date",
    "full": "and scope, subset, nationality and place",
}


def table(total: Score, how: str) -> str:
    """The score as Markdown: a table of levels and a table of fields."""
    lines = [
        f"{total.gold} annotated figures in {total.articles} reports, {total.found} read; {how}.",
        "",
        "| level | what is right | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, meaning in MEANING.items():
        precision, recall, f1 = total.level(name)
        lines.append(f"| {name} | {meaning} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
    lines += [
        "",
        "Share of the figures found of which each field is right:",
        "",
        "| field | right |",
        "| --- | --- |",
        *(f"| {name} | {share:.3f} |" for name, share in total.field_accuracy().items()),
    ]
    return "\n".join(lines)


def between(text: str, new: str) -> str:
    """`text` with what stands between the accuracy markers replaced; ValueError without them."""
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"expected {BEGIN} and {END} once each")
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n{new}\n{END}{tail}"


def main() -> int:
    """Score, then write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=Path)
    parser.add_argument("--how", default="the extraction as shipped, over the reports as published")
    args = parser.parse_args()
    articles = load()
    if args.records:
        found = list(parse(args.records.read_text(encoding="utf-8").splitlines()))
    else:
        found = run([sys.executable, "-m", "extraction"], articles)
    total = score(articles, found)
    README.write_text(
        between(README.read_text(encoding="utf-8"), table(total, args.how)), encoding="utf-8"
    )
    DATA.write_text(
        json.dumps({"how": args.how, **total.as_json()}, indent=1) + "\n", encoding="utf-8"
    )
    print(table(total, args.how))
    return 0


if __name__ == "__main__":
    sys.exit(main())
