SELECT seq, kind, id, touched FROM outbox ORDER BY seq
