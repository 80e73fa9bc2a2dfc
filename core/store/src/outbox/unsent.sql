SELECT (SELECT count(*) FROM outbox WHERE version IS NULL) + (SELECT count(*) FROM refused)
