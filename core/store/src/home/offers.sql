SELECT
    (SELECT count(*) FROM (SELECT 1 FROM offered_task WHERE offered_to = ?1 LIMIT ?2))
    + (SELECT count(*) FROM (SELECT 1 FROM offered_shift WHERE handover_to = ?1 LIMIT ?2))
