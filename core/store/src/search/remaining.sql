SELECT (SELECT count(*) FROM stale) + max(0, (SELECT coalesce(max(no), 0) FROM record) - indexed) FROM progress
