"""The wire contract in Python: `v1` is generated from timeline.proto, `mapping` turns it into the library's values and back."""
