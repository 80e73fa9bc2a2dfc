SELECT no, kind, body FROM record WHERE no > ?1 ORDER BY no LIMIT ?2
