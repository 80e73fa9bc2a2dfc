-- Finished studies, each with how many items it has to be remembered.
SELECT uuid, coalesce(json_array_length(body, '$.items'), 0) FROM study
WHERE starts <= ?2 AND starts > ?3 AND state = 'published' AND EXISTS (
    SELECT 1 FROM learning AS own WHERE own.study = study.uuid AND own.member = ?1 AND own.finished IS NOT NULL
)
