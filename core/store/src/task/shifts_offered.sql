SELECT id, version, pending, body FROM shift WHERE handover_to = ?1 AND state IN ('offered', 'handed_over') ORDER BY starts LIMIT ?2
