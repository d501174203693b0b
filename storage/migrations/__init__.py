"""How the tables came to be, step by step; storage/upgrade.py runs the steps.

A change of storage/tables.py comes with the next file in versions/ (0002_what_changes.py, its
revision "0002") and the new HEAD in storage/upgrade.py. A test compares the outcome of all
steps with the tables, on both databases. A step that was released is never edited.
"""
