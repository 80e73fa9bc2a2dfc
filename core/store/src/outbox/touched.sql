SELECT seq, kind, id, touched, version FROM outbox ORDER BY seq
