SELECT kind, id, body FROM record WHERE id = ?1 OR instr(body, ?2) > 0 ORDER BY no
