-- Shards with commands that wait, the one with the oldest first.
SELECT shard.no, shard.id, coalesce(chain.seq, 0), chain.hash,
    (SELECT min(seq) FROM outbox WHERE outbox.shard = shard.no AND seq > coalesce(chain.seq, 0)) AS first
FROM shard LEFT JOIN chain ON chain.shard = shard.no
WHERE first IS NOT NULL ORDER BY first
