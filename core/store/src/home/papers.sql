SELECT count(*) FROM (
    SELECT 1 FROM paper WHERE opens <= ?2 AND opens > ?3 AND state = 'open' AND (closes IS NULL OR closes > ?2) AND NOT EXISTS (
        SELECT 1 FROM attempt AS own WHERE own.paper = paper.uuid AND own.member = ?1 AND own.body ->> '$.finished' IS NOT NULL
    ) LIMIT ?4
)
