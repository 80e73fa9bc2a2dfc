SELECT shard FROM chain
