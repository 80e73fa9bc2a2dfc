-- Those that are whole stay for a while, and are not under way.
SELECT count(*) FROM upload WHERE device = ?1 AND expires > ?2
  AND NOT EXISTS (SELECT 1 FROM file WHERE file.sha256 = upload.sha256 AND file.bytes = upload.bytes)
