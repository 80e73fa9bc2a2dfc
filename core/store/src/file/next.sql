-- Small ones first: over a bad line a photo arrives while a recording would not.
SELECT sha256, bytes, media_type, name, path, needed_by, upload_url, sent, done, failure FROM file
WHERE NOT done AND failure IS NULL AND path IS NOT NULL AND needed_by IS NOT NULL ORDER BY upload_url IS NULL, bytes LIMIT 1
