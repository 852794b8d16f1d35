-- What Master said on each written day: the daily log. A filter on SNAPSHOT_DATE leaves only the days asked for to be joined.
SELECT h.*, s.SNAPSHOT_DATE
FROM LOYALTY.SNAPSHOT AS s
INNER JOIN LOYALTY.HISTORY AS h
    ON h.VALID_FROM <= s.SNAPSHOT_DATE AND (h.VALID_TO IS NULL OR h.VALID_TO > s.SNAPSHOT_DATE)
