SELECT body ->> '$.study', count(*) FROM review WHERE member = ?1 GROUP BY 1
