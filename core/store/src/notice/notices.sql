-- Unread ones first, the newest of each.
SELECT notice.id, notice.version, notice.pending, notice.body, receipt.id, receipt.version, receipt.base IS NOT NULL, receipt.body
FROM notice LEFT JOIN record AS receipt
    ON receipt.no = (SELECT given.no FROM receipt AS given WHERE given.notice = notice.uuid AND given.member = ?1)
WHERE notice.effective <= ?2 AND (notice.until IS NULL OR notice.until > ?2) AND notice.state = 'published'
    AND (receipt.no IS NOT NULL, -notice.effective, notice.id) > (?3, ?4, ?5)
ORDER BY receipt.no IS NOT NULL, notice.effective DESC, notice.id LIMIT ?6
