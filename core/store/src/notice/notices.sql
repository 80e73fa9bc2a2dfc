-- Unread ones first, the newest of each.
SELECT notice.id, notice.version, notice.pending, notice.body, receipt.id, receipt.version, receipt.pending, receipt.body
FROM notice LEFT JOIN receipt ON receipt.notice = notice.uuid AND receipt.member = ?1
WHERE notice.effective <= ?2 AND (notice.until IS NULL OR notice.until > ?2) AND notice.state = 'published'
ORDER BY receipt.id IS NOT NULL, notice.effective DESC LIMIT ?3
