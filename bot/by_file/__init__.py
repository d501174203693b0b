"""Questionnaires by file: check, diff and preview on the command line. Nothing is sent."""
