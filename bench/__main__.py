"""`python -m bench`: reports per second against spaCy's whole pipeline, and peak memory."""

from __future__ import annotations

import os

# One thread for both sides; read when numpy is first imported, so it is set before.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from bench.speed import main  # noqa: E402

raise SystemExit(main())
