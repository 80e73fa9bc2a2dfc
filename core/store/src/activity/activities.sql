SELECT id, version, pending, body FROM activity WHERE org = ?1 AND (starts, id) < (?2, ?3) ORDER BY starts DESC, id DESC LIMIT ?4
