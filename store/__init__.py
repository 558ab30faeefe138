"""The pandas store: reports and records kept in a database, read as frames, judged and exported."""
