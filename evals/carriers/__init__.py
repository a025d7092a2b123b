"""Carrier phrases, what people say around a question: fitted on forms written by hand, and measured on others."""
