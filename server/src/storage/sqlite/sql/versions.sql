SELECT kind, id, version FROM record WHERE shard = ?1 ORDER BY version
