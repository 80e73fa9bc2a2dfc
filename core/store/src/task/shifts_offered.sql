SELECT id, version, pending, body FROM offered_shift WHERE handover_to = ?1 ORDER BY starts LIMIT ?2
