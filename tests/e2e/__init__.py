"""Whole stories: the real server and a real browser."""
