SELECT sha256, bytes, media_type, name, path, needed_by, upload_url, sent, done, failure FROM file WHERE sha256 = ?1
