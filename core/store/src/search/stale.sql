SELECT no, kind, body FROM stale JOIN record ON record.no = stale.record LIMIT ?1
