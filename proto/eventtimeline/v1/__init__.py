"""Version 1 of the wire contract, generated from timeline.proto by scripts/generate.py."""
