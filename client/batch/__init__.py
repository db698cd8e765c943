"""Archives, reprocessed: from one file on a laptop to shards on a cluster. `process.process_shard` is the unit of all of it."""
