SELECT seq, envelope, kind, id, earliest, latest, NULL, refusal, feed_lost FROM refused WHERE seq > ?1 ORDER BY seq LIMIT ?2
