"""The command line of a catalogue: `python -m extraction CATALOGUE --out FOLDER`."""

from __future__ import annotations

import argparse
import os
import sys

from extraction.catalogue.guarded import SECONDS
from extraction.catalogue.progress import Progress
from extraction.catalogue.slices import CHUNK, opened, plan
from extraction.catalogue.work import Job
from extraction.reports import UnreadableReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of a run into a folder."""
    group = parser.add_argument_group("reading a catalogue into Parquet files (docs/scale.md)")
    group.add_argument("--out", metavar="FOLDER", help="write the records here, not as JSON lines")
    group.add_argument("--engine", choices=("local", "dask"), help="who reads (default local)")
    group.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask cluster that runs already")
    group.add_argument(
        "--workers", type=_many, metavar="N", help="processes on this machine (default: its cores)"
    )
    group.add_argument(
        "--chunk", type=_many, default=CHUNK, help="reports a file (default %(default)s)"
    )
    group.add_argument(
        "--seconds", type=float, default=SECONDS, help="most for one report (default %(default)s)"
    )
    group.add_argument(
        "--retry-failed", action="store_true", help="read files anew in which reports failed"
    )


def _many(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError
    return number


def fault(options: argparse.Namespace) -> str | None:
    """What is wrong with the arguments together; None where nothing is."""
    if options.out is None:
        named = [name for name in ("engine", "scheduler", "workers") if getattr(options, name)]
        return f"--{named[0]} needs --out FOLDER" if named else None
    if len(options.input) != 1:
        return "--out takes one catalogue: name the folder that holds them all"
    if options.scheduler and options.engine != "dask":
        return "--scheduler needs --engine dask"
    if options.scheduler and options.workers:
        return "--scheduler has workers of its own: leave --workers out"
    in_memory = [a for a in (options.input[0], options.out) if a.startswith("memory:")]
    if in_memory and options.engine == "dask":
        return f"{in_memory[0]} is seen by one process only: use --engine local"
    return None


def run(options: argparse.Namespace) -> int:
    """Read the catalogue; 0 when every report was read, else 1 (standard error says why)."""
    job = Job(
        out=_absolute(options.out),
        chunk=options.chunk,
        seconds=options.seconds,
        published=options.published,
        text_column=options.text_column,
        retry=options.retry_failed,
    )
    return read_catalogue(
        options.input[0],
        job,
        engine=options.engine or "local",
        workers=options.workers or os.cpu_count() or 1,
        scheduler=options.scheduler,
    )


def read_catalogue(
    address: str, job: Job, engine: str = "local", workers: int = 1, scheduler: str | None = None
) -> int:
    """Read a catalogue by an engine and tell how far it is; gives the exit code as `run` does."""
    try:
        slices = list(plan(address, job.chunk))
        progress = Progress(sum(slice_.size for slice_ in slices))
        try:
            if engine == "dask":
                # Imported here: it takes a second, and one machine needs none of it.
                from extraction.catalogue.engines import dask

                outcomes = dask.run(slices, job, workers, scheduler)
            else:
                from extraction.catalogue.engines import local

                outcomes = local.run(slices, job, workers)
            for done in outcomes:
                progress.add(done)
        finally:
            progress.close()
    except (UnreadableReport, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on where it was", file=sys.stderr)
        return 1
    return 0 if progress.whole else 1


def _absolute(address: str) -> str:
    """The whole address: a worker may stand in another folder."""
    filesystem, path = opened(address)
    return str(filesystem.unstrip_protocol(path))
