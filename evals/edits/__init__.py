"""Edits of ``knowledge/`` by hand: those that break an answer, and those that break none."""
