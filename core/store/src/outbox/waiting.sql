SELECT seq, envelope, kind, id, earliest, latest, version, doubt, feed_lost FROM outbox
WHERE seq > ?1 ORDER BY seq LIMIT ?2
