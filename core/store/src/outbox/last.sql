-- The last command to a shard: waiting or accepted here, or the last that was answered for good.
SELECT seq, hash FROM (
    SELECT seq, hash FROM (SELECT seq, hash FROM outbox WHERE shard = ?1 ORDER BY seq DESC LIMIT 1)
    UNION ALL SELECT seq, hash FROM chain WHERE shard = ?1
) ORDER BY seq DESC LIMIT 1
