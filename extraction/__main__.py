"""The command line: `python -m extraction INPUT...` prints one record a line as JSON.

With `--out FOLDER` a whole catalogue is read into Parquet files, on many cores or a cluster."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from extraction.catalogue import command
from extraction.files import read_pieces, report_files
from extraction.formats.language import unread_because
from extraction.formats.sandbox import Reader
from extraction.pipeline import extract_many
from extraction.reports import Report

EPILOG = """INPUT: reports in any form (text, Markdown, web page, PDF, Word, OpenDocument, RTF,
e-mail, tables of reports, ZIP), or folders of them; with --out one of them or Parquet,
at a path or any address that fsspec knows. Exit codes: 0 all were read, 1 some were not
(standard error says which and why), 2 wrong arguments."""


def main(arguments: list[str] | None = None) -> int:
    """Print the records of the given files; 1 when anything could not be read, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction", description=__doc__, epilog=EPILOG
    )
    parser.add_argument("input", nargs="+", help="a report, or a folder of reports")
    parser.add_argument(
        "--published", type=date.fromisoformat, help="publication date of what states none"
    )
    parser.add_argument("--text-column", help="the column of a table that holds the reports")
    command.add_arguments(parser)
    options = parser.parse_args(arguments)
    if fault := command.fault(options):
        parser.error(fault)
    if options.out is not None:
        return command.run(options)
    failed: list[str] = []
    files: list[Path] = []
    for given in map(Path, options.input):
        found = report_files(given)
        files += found
        if not found:
            failed.append(f"{given}: there is no report in this folder")
    chosen = {"text": options.text_column} if options.text_column else {}

    def reports() -> Iterator[Report]:
        with Reader() as reader:
            for path in progress(files):
                for piece in read_pieces(path, options.published, chosen, reader):
                    if piece.report is None:
                        failed.append(f"{piece.name}: {piece.refusal}")
                    elif unread := unread_because(piece.report.language):
                        failed.append(f"{piece.name}: {unread}")
                    else:
                        yield piece.report

    for records in extract_many(reports()):
        for record in records:
            print(json.dumps(record.as_json(), ensure_ascii=False))
    for message in failed:
        print(message, file=sys.stderr)
    return 1 if failed else 0


def progress(files: list[Path]) -> Iterator[Path]:
    """The files one by one, with a bar on a terminal's standard error where there are several."""
    from tqdm import tqdm

    quiet = len(files) < 2 or not sys.stderr.isatty()
    bar = tqdm(files, unit="file", disable=quiet, file=sys.stderr)
    for file in bar:
        bar.set_postfix_str(file.name[:40], refresh=False)
        yield file


if __name__ == "__main__":
    sys.exit(main())
