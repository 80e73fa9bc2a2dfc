SELECT
    (SELECT count(*) FROM (SELECT 1 FROM waiting_log WHERE waits_for = ?1 LIMIT ?2)),
    (SELECT count(*) FROM (SELECT 1 FROM transfer WHERE receiver = ?1 AND state = 'requested' LIMIT ?2))
