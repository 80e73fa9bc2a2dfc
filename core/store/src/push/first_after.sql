SELECT seq, envelope FROM (
    SELECT seq, envelope FROM (SELECT seq, envelope FROM outbox WHERE shard = ?1 AND seq > ?2 ORDER BY seq LIMIT 1)
    UNION ALL SELECT seq, envelope FROM (SELECT seq, envelope FROM sent WHERE shard = ?1 AND seq > ?2 ORDER BY seq LIMIT 1)
) ORDER BY seq LIMIT 1
