"""Start the dashboard: `python -m ui [options of streamlit run]`.

The same as `streamlit run app.py`, but for one thing: a folder named `pages/` makes Streamlit take
the first visit of a new server for one to a legacy app, and a first visitor who follows a link to
a page is told "Page not found" above the very page. Here that is turned off from the start.
"""

from __future__ import annotations

import sys

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

from ui.navigation import ROOT


def main() -> None:
    """Run Streamlit's own command line on `app.py`, with this command's arguments."""
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", str(ROOT / "app.py"), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
