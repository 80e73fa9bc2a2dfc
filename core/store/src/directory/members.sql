SELECT id, version, pending, body FROM member WHERE org = ?1 AND closed IS NULL AND (name, id) > (?2, ?3) ORDER BY name, id LIMIT ?4
