"""From a Paper to bytes: one file for each format, each with one function, write.

They know tables and sentences and nothing of reports, units or the database; all say the same words.
"""
