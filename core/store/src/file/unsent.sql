SELECT sha256, bytes, media_type, name, path, needed_by, upload_url, sent, done, failure FROM file WHERE NOT done AND needed_by IS NOT NULL ORDER BY needed_by LIMIT ?1
