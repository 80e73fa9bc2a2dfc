-- The last command to a shard that the server has answered.
SELECT envelope FROM (
    SELECT seq, envelope FROM sent WHERE shard = ?1 UNION ALL SELECT seq, envelope FROM outbox WHERE shard = ?1 AND version IS NOT NULL
) ORDER BY seq DESC LIMIT 1
