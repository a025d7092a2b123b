"""Fitting the embedder's adapter: small changes to its weights, learnt from support questions."""
