SELECT l.key, c.device, l.seq, l.envelope, l.received, l.mono_ms, l.boot, l.signature, l.version, l.refusal, l.hash
FROM log AS l CROSS JOIN chain AS c ON c.no = l.chain
WHERE l.key BETWEEN ?1 AND ?2
ORDER BY l.key
