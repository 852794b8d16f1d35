-- Users by segment on each day, as the merge of the day counted them. It reads a handful of figures a day, whatever the number of users.
WITH counted AS (
    SELECT
        RUN_DATE AS SNAPSHOT_DATE,
        CASE METRIC
            WHEN 'users.highly_engaged' THEN 'Highly Engaged'
            WHEN 'users.engaged' THEN 'Engaged'
            WHEN 'users.low_engagement' THEN 'Low Engagement'
            WHEN 'users.unscored' THEN 'Unscored'
        END AS ENGAGEMENT_SEGMENT,
        CAST(VALUE AS BIGINT) AS USERS
    FROM LOYALTY.METRIC
    WHERE REGION_CODE = '*' AND METRIC IN ('users.highly_engaged', 'users.engaged', 'users.low_engagement', 'users.unscored')
),

compared AS (
    SELECT
        SNAPSHOT_DATE, ENGAGEMENT_SEGMENT, USERS,
        CAST(SUM(USERS) OVER (PARTITION BY SNAPSHOT_DATE) AS BIGINT) AS ALL_USERS,
        LAG(USERS) OVER (PARTITION BY ENGAGEMENT_SEGMENT ORDER BY SNAPSHOT_DATE) AS USERS_BEFORE
    FROM counted
)

SELECT
    SNAPSHOT_DATE, ENGAGEMENT_SEGMENT, USERS,
    CAST(FLOOR((20000 * USERS + ALL_USERS) / NULLIF(2 * ALL_USERS, 0)) / 10000 AS DECIMAL(5,4)) AS SHARE,
    CAST(USERS - USERS_BEFORE AS BIGINT) AS USERS_CHANGE
FROM compared
