"""The Review page's parts: the queue, one record, the grid, missed figures, the history."""
