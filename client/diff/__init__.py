"""`timeline diff`: what changed between two runs of `timeline batch` over the same articles."""
