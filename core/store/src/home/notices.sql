-- Of those that hold and are not old: what was not read, and what asks to be confirmed and was not.
SELECT notice.body, receipt.no IS NOT NULL
FROM notice LEFT JOIN record AS receipt
    ON receipt.no = (SELECT given.no FROM receipt AS given WHERE given.notice = notice.uuid AND given.member = ?1)
WHERE notice.effective <= ?2 AND notice.effective > ?3 AND (notice.until IS NULL OR notice.until > ?2) AND notice.state = 'published'
    AND (receipt.no IS NULL OR (receipt.body ->> '$.confirmed' IS NULL AND notice.body ->> '$.wants_receipt'))
ORDER BY notice.effective DESC LIMIT ?4
