"""Builds, checks and serves the site: `python -m iontosite --help` lists the commands.

Data flows one way, and each room knows only those before it: content, paper, stage, render, finish, check, publish. `links` is
a link checker of its own that any folder of HTML can be held against.
"""
