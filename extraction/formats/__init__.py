"""Reports out of files of any kind: what a file is, its text, what it states of itself.

`sandbox.Reader` is the way in: it gives the reports of a file, or why there are none, and lets no
file take more time or memory than it may. One module a family of formats: `plain`, `markup`,
`mail`, `pdf`, `office`, `tables`; `archives` opens ZIPs. All of them end in `clean.cleaned`, whose
text is the one that offsets refer to.
"""
