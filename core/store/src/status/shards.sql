SELECT shard.id,
    (SELECT count(*) FROM outbox WHERE outbox.shard = shard.no AND version IS NULL),
    (SELECT count(*) FROM outbox WHERE outbox.shard = shard.no AND version IS NOT NULL),
    (SELECT count(*) FROM refused WHERE refused.shard = shard.no)
FROM shard ORDER BY shard.no
