SELECT iif((SELECT sweep FROM progress), 9223372036854775807, coalesce(max(cursor), 0)) FROM feed WHERE shard = ?1
