-- Master: one row per user who had signed up by the end of the run date (UTC).
--
-- This SELECT is the business logic of the pipeline, and the only place for it. To add a column, add it here and to
-- LOYALTY.MASTER in catalog.yml; building, comparing, writing and history follow by themselves.
--
--   {run_date}            the day to be written, a DATE
--   {DW_A.USER_ACTIVITY}  a source: its rows that count for that day (event time before the next day), one per key,
--                         without those that went into quarantine; empty where the source is missing
--
-- Sums and counts get their types where they are made: the engine's own are wider and make every join after them slower.
-- "30D" means the 30 calendar days that end with the run date. The text runs on DuckDB and on Snowflake alike.
WITH users AS (
    SELECT
        USER_ID, EMAIL, FULL_NAME, PHONE, REGION_CODE, ACCOUNT_TYPE, ACCOUNT_STATUS, MARKETING_CONSENT, SIGNED_UP_AT
    FROM {DW_A.USER_PROFILE}
    WHERE SIGNED_UP_AT < {run_date} + INTERVAL '1 day'
),

activity AS (
    SELECT
        USER_ID,
        MAX(CASE WHEN ACTIVITY_TYPE = 'login' THEN ACTIVITY_AT END) AS LAST_LOGIN_AT,
        CAST(COUNT_IF(ACTIVITY_TYPE = 'login' AND ACTIVITY_AT >= {run_date} - INTERVAL '29 days') AS INTEGER) AS LOGINS_30D,
        MAX(CASE WHEN ACTIVITY_TYPE = 'purchase' THEN ACTIVITY_AT END) AS LAST_PURCHASE_AT,
        CAST(COUNT_IF(ACTIVITY_TYPE = 'purchase') AS INTEGER) AS PURCHASES_TOTAL,
        CAST(SUM(CASE WHEN ACTIVITY_TYPE = 'purchase' THEN AMOUNT END) AS DECIMAL(18,2)) AS PURCHASE_AMOUNT_TOTAL,
        CAST(COUNT_IF(ACTIVITY_TYPE = 'purchase' AND ACTIVITY_AT >= {run_date} - INTERVAL '29 days') AS INTEGER) AS PURCHASES_30D,
        CAST(COUNT_IF(ACTIVITY_TYPE = 'feedback') AS INTEGER) AS FEEDBACK_COUNT,
        CAST(SUM(CASE WHEN ACTIVITY_TYPE = 'feedback' THEN RATING END) AS BIGINT) AS RATING_SUM,
        COUNT(CASE WHEN ACTIVITY_TYPE = 'feedback' THEN RATING END) AS RATING_COUNT,
        MAX(ACTIVITY_AT) AS LAST_ACTIVITY_AT
    FROM {DW_A.USER_ACTIVITY}
    GROUP BY USER_ID
),

score AS (
    SELECT USER_ID, MAX_BY(SCORE, SCORE_DATE) AS ENGAGEMENT_SCORE, MAX(SCORE_DATE) AS ENGAGEMENT_SCORE_DATE
    FROM {DW_A.ENGAGEMENT_SCORE}
    GROUP BY USER_ID
),

repeats AS (
    SELECT USER_ID, CAST(SUM(REPEAT_COUNT) AS INTEGER) AS REPEAT_ENGAGEMENTS
    FROM {DW_A.REPEAT_ENGAGEMENTS}
    GROUP BY USER_ID
),

-- By module first: counting the rows of that is cheaper than COUNT(DISTINCT MODULE_NAME).
adoption_by_module AS (
    SELECT
        USER_ID,
        COUNT(*) AS FEATURES,
        -- A use after the run date is not known yet; of such a row only the first use is.
        MAX(CASE WHEN LAST_USED_AT < {run_date} + INTERVAL '1 day' THEN LAST_USED_AT ELSE FIRST_USED_AT END) AS LAST_USED_AT
    FROM {DW_B.FEATURE_ADOPTION}
    GROUP BY USER_ID, MODULE_NAME
),

adoption AS (
    SELECT USER_ID, CAST(SUM(FEATURES) AS INTEGER) AS FEATURES_ADOPTED, CAST(COUNT(*) AS INTEGER) AS MODULES_ADOPTED, MAX(LAST_USED_AT) AS LAST_FEATURE_USED_AT
    FROM adoption_by_module
    GROUP BY USER_ID
),

retention AS (
    SELECT USER_ID, ACTION_TYPE, ACTION_AT, OUTCOME, CAST(COUNT(*) OVER (PARTITION BY USER_ID) AS INTEGER) AS RETENTION_ACTIONS
    FROM {DW_B.RETENTION_ACTION}
    QUALIFY ROW_NUMBER() OVER (PARTITION BY USER_ID ORDER BY ACTION_AT DESC, ACTION_ID DESC) = 1
),

calls AS (
    SELECT USER_ID, MAX_BY(CALLS_LAST_30_DAYS, AS_OF_DATE) AS SUPPORT_CALLS_30D
    FROM {DW_B.SUPPORT_CALLS}
    GROUP BY USER_ID
),

chats AS (
    SELECT
        USER_ID,
        CAST(COUNT_IF(STARTED_AT >= {run_date} - INTERVAL '29 days') AS INTEGER) AS SUPPORT_CHATS_30D,
        CAST(SUM(SATISFACTION) AS BIGINT) AS SATISFACTION_SUM,
        COUNT(SATISFACTION) AS SATISFACTION_COUNT
    FROM {DW_B.SUPPORT_CHATS}
    GROUP BY USER_ID
),

tickets AS (
    SELECT
        USER_ID,
        CAST(COUNT_IF(CLOSED_AT IS NULL OR CLOSED_AT >= {run_date} + INTERVAL '1 day') AS INTEGER) AS OPEN_TICKETS,
        CAST(COUNT_IF(OPENED_AT >= {run_date} - INTERVAL '29 days') AS INTEGER) AS TICKETS_30D
    FROM {DW_B.ISSUE_TICKETS}
    GROUP BY USER_ID
),

requests AS (
    SELECT USER_ID, CAST(COUNT_IF(STATUS = 'open') AS INTEGER) AS OPEN_SERVICE_REQUESTS
    FROM {DW_B.SERVICE_REQUESTS}
    GROUP BY USER_ID
),

help AS (
    SELECT USER_ID, CAST(COUNT_IF(VIEWED_AT >= {run_date} - INTERVAL '29 days') AS INTEGER) AS HELP_VIEWS_30D
    FROM {DW_B.PRODUCT_SUPPORT_USAGE}
    GROUP BY USER_ID
),

thresholds AS (
    SELECT
        REGION_CODE,
        MAX_BY(LOW_ENGAGEMENT_BELOW, EFFECTIVE_FROM) AS LOW_ENGAGEMENT_BELOW,
        MAX_BY(HIGHLY_ENGAGED_FROM, EFFECTIVE_FROM) AS HIGHLY_ENGAGED_FROM
    FROM {DW_C.REGION_THRESHOLDS}
    GROUP BY REGION_CODE
)

SELECT
    users.USER_ID,
    users.EMAIL,
    users.FULL_NAME,
    users.PHONE,
    users.REGION_CODE,
    users.ACCOUNT_TYPE,
    users.ACCOUNT_STATUS,
    users.MARKETING_CONSENT,
    users.SIGNED_UP_AT,
    region.REGION_NAME,
    region.REGION_CLASS,
    activity.LAST_LOGIN_AT,
    COALESCE(activity.LOGINS_30D, 0) AS LOGINS_30D,
    activity.LAST_PURCHASE_AT,
    COALESCE(activity.PURCHASES_TOTAL, 0) AS PURCHASES_TOTAL,
    CAST(COALESCE(activity.PURCHASE_AMOUNT_TOTAL, 0) AS DECIMAL(18,2)) AS PURCHASE_AMOUNT_TOTAL,
    COALESCE(activity.PURCHASES_30D, 0) AS PURCHASES_30D,
    COALESCE(activity.FEEDBACK_COUNT, 0) AS FEEDBACK_COUNT,
    -- Half away from zero in whole hundredths: dividing first would round 1.005 down on an engine that divides in binary.
    CAST(FLOOR((200 * activity.RATING_SUM + activity.RATING_COUNT) / NULLIF(2 * activity.RATING_COUNT, 0)) / 100 AS DECIMAL(3,2)) AS AVERAGE_RATING,
    activity.LAST_ACTIVITY_AT,
    score.ENGAGEMENT_SCORE,
    score.ENGAGEMENT_SCORE_DATE,
    COALESCE(repeats.REPEAT_ENGAGEMENTS, 0) AS REPEAT_ENGAGEMENTS,
    COALESCE(adoption.FEATURES_ADOPTED, 0) AS FEATURES_ADOPTED,
    COALESCE(adoption.MODULES_ADOPTED, 0) AS MODULES_ADOPTED,
    adoption.LAST_FEATURE_USED_AT,
    COALESCE(retention.RETENTION_ACTIONS, 0) AS RETENTION_ACTIONS,
    retention.ACTION_TYPE AS LAST_RETENTION_ACTION,
    retention.ACTION_AT AS LAST_RETENTION_ACTION_AT,
    retention.OUTCOME AS LAST_RETENTION_OUTCOME,
    COALESCE(calls.SUPPORT_CALLS_30D, 0) AS SUPPORT_CALLS_30D,
    COALESCE(chats.SUPPORT_CHATS_30D, 0) AS SUPPORT_CHATS_30D,
    CAST(FLOOR((200 * chats.SATISFACTION_SUM + chats.SATISFACTION_COUNT) / NULLIF(2 * chats.SATISFACTION_COUNT, 0)) / 100 AS DECIMAL(3,2)) AS AVERAGE_CHAT_SATISFACTION,
    COALESCE(tickets.OPEN_TICKETS, 0) AS OPEN_TICKETS,
    COALESCE(tickets.TICKETS_30D, 0) AS TICKETS_30D,
    COALESCE(requests.OPEN_SERVICE_REQUESTS, 0) AS OPEN_SERVICE_REQUESTS,
    COALESCE(help.HELP_VIEWS_30D, 0) AS HELP_VIEWS_30D,
    thresholds.LOW_ENGAGEMENT_BELOW,
    thresholds.HIGHLY_ENGAGED_FROM,
    CASE
        WHEN score.ENGAGEMENT_SCORE IS NULL OR thresholds.REGION_CODE IS NULL THEN 'Unscored'
        WHEN score.ENGAGEMENT_SCORE >= thresholds.HIGHLY_ENGAGED_FROM THEN 'Highly Engaged'
        WHEN score.ENGAGEMENT_SCORE < thresholds.LOW_ENGAGEMENT_BELOW THEN 'Low Engagement'
        ELSE 'Engaged'
    END AS ENGAGEMENT_SEGMENT
FROM users
LEFT JOIN {DW_C.REGION_METADATA} AS region ON region.REGION_CODE = users.REGION_CODE
LEFT JOIN thresholds ON thresholds.REGION_CODE = users.REGION_CODE
LEFT JOIN activity ON activity.USER_ID = users.USER_ID
LEFT JOIN score ON score.USER_ID = users.USER_ID
LEFT JOIN repeats ON repeats.USER_ID = users.USER_ID
LEFT JOIN adoption ON adoption.USER_ID = users.USER_ID
LEFT JOIN retention ON retention.USER_ID = users.USER_ID
LEFT JOIN calls ON calls.USER_ID = users.USER_ID
LEFT JOIN chats ON chats.USER_ID = users.USER_ID
LEFT JOIN tickets ON tickets.USER_ID = users.USER_ID
LEFT JOIN requests ON requests.USER_ID = users.USER_ID
LEFT JOIN help ON help.USER_ID = users.USER_ID
