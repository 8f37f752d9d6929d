"""`make bench`: the core's targets as ratios measured inside one run, on a server of its own.

A benchmark, not a test: it loads made-up entries on the real tree, says what the machine is, compares, and
ends with 1 when a target is missed. Nothing in `sohoi` imports it. See docs/bench.md.
"""
