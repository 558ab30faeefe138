"""Start the dashboard: `python -m ui [options of streamlit run]`.

The same as `streamlit run app.py`, but for two things: a folder named `pages/` makes Streamlit take
the first visit of a new server for one to a legacy app, and a first visitor who follows a link to
a page is told "Page not found" above the very page. Here that is turned off from the start. And
where it listens to all addresses, or a stranger's page knocks, Streamlit asks a host out there
for its own address: here it asks nobody. Meanwhile the records are made ready.
"""

from __future__ import annotations

import sys

from streamlit import net_util
from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

from store import memory
from ui import warm
from ui.navigation import ROOT


def main() -> None:
    """Run Streamlit's own command line on `app.py`, with this command's arguments."""
    PagesManager.uses_pages_directory = False
    net_util.get_external_ip = _unknown
    memory.settle()
    warm.begin()
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *sys.argv[1:]]
    cli.main()


def _unknown() -> str | None:
    """What Streamlit takes for an address that it could not find out."""
    return None


if __name__ == "__main__":
    main()
