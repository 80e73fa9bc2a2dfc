-- Shards with commands that wait, the one with the oldest first. In shard ?1 (or none) the server has answered up to ?2.
WITH reached AS (
    SELECT shard.no, shard.id, coalesce(iif(shard.id = ?1, ?2, NULL), chain.seq, 0) AS seq, iif(shard.id = ?1, ?3, chain.hash) AS hash
    FROM shard LEFT JOIN chain ON chain.shard = shard.no
)
SELECT no, id, seq, hash, (SELECT min(outbox.seq) FROM outbox WHERE outbox.shard = reached.no AND outbox.seq > reached.seq) AS first
FROM reached WHERE first IS NOT NULL ORDER BY first
