"""A whole catalogue of reports, read by one machine or a cluster into Parquet files.

`slices` says what there is to read, `pieces` reads a slice's reports, `guarded` has them read in a
process that may die, `part` keeps the outcome, `work` puts these together as one function that any
engine can run, `engines` run it, `command` is the command line.
"""
