SELECT
    (SELECT count(*) FROM outbox WHERE doubt IS NOT NULL),
    (SELECT count(*) FROM outbox WHERE feed_lost) + (SELECT count(*) FROM refused WHERE feed_lost),
    (SELECT count(*) FROM file WHERE NOT done AND needed_by IS NOT NULL AND path IS NOT NULL AND failure IS NULL),
    (SELECT coalesce(sum(bytes - sent), 0) FROM file WHERE NOT done AND needed_by IS NOT NULL AND path IS NOT NULL AND failure IS NULL),
    (SELECT count(*) FROM file WHERE NOT done AND needed_by IS NOT NULL AND (path IS NULL OR failure IS NOT NULL)),
    (SELECT min(latest) FROM outbox WHERE version IS NULL),
    synced
FROM progress
