"""Gaps: what visitors ask that no article answers, grouped by meaning."""
