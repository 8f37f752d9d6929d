"""Starting things: the project's own PostgreSQL, its private folder, its key.

Used by run.py, manage.py, conftest.py and the benchmark; imports nothing of `sohoi`.
"""
