"""Rivals: events on which sources differ, side by side; one claim can be recommended."""

from ui import shell
from ui.sections import event, rivals

view = shell.open_page("rivals")

if not event.linked() and not shell.empty(view):
    rivals.draw(view.chosen)
