"""The command line: `python -m extraction INPUT...` prints one record a line as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from extraction.pipeline import extract_many
from extraction.reports import Report, UnreadableReport, read_reports, report_files


def main(arguments: list[str] | None = None) -> int:
    """Print the records of the given files; 1 when a file could not be read, else 0."""
    parser = argparse.ArgumentParser(prog="python -m extraction", description=__doc__)
    parser.add_argument("input", nargs="+", type=Path, help="text, JSON or JSONL file, or a folder")
    parser.add_argument(
        "--published", type=date.fromisoformat, help="publication date of what states none"
    )
    options = parser.parse_args(arguments)
    failed: list[str] = []

    def reports() -> Iterator[Report]:
        for path in (file for given in options.input for file in report_files(given)):
            try:
                yield from read_reports(path, options.published)
            except UnreadableReport as error:
                failed.append(str(error))

    for records in extract_many(reports()):
        for record in records:
            print(json.dumps(record.as_json(), ensure_ascii=False))
    for message in failed:
        print(message, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
