-- What was found at a household, the newest first.
SELECT report.id, report.version, report.base IS NOT NULL, report.body
FROM household_task AS done JOIN record AS report ON report.id = unhex(done.report, '-') AND report.kind = 45
WHERE done.household = ?1 AND done.report IS NOT NULL ORDER BY report.body ->> '$.made.latest' DESC, report.id LIMIT ?2
