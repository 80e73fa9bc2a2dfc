INSERT OR REPLACE INTO refused (seq, shard, envelope, kind, id, earliest, latest, refusal, feed_lost)
SELECT seq, shard, envelope, kind, id, earliest, latest, ?2, feed_lost FROM outbox WHERE seq = ?1
