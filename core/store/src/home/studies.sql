SELECT count(*) FROM (
    SELECT 1 FROM study WHERE starts <= ?2 AND starts > ?3 AND state = 'published' AND NOT EXISTS (
        SELECT 1 FROM learning AS own WHERE own.study = study.uuid AND own.member = ?1 AND own.finished IS NOT NULL
    ) LIMIT ?4
)
