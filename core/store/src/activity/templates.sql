SELECT id, version, pending, body FROM template WHERE retired IS NULL OR NOT retired ORDER BY name
