using Xunit;

namespace LoyaltyPipeline.Core.Tests.Integrity;

/// <summary>
/// Faults: the statements that plant them, and the checks that must find them, each as <c>Status id</c>. All other checks must pass.
/// </summary>
internal static class PlantedFaults
{
    private const string Master = "LOYALTY.MASTER";
    private const string History = "LOYALTY.HISTORY";

    // What changes in Master alone is seen by the comparison with History too.
    private const string Both = "Failed LOYALTY.MASTER.history";

    // Who is in Master once too often or once too little is seen by the comparison with the adoption of the region.
    private const string Adoption = "Failed LOYALTY.ADOPTION.reconciled";

    private const string Audit = "Failed LOYALTY.AUDIT.chain";

    private const string NewestAdoption = "RUN_DATE = (SELECT MAX(RUN_DATE) FROM LOYALTY.ADOPTION)";

    /// <summary>Faults of rows and tables that the catalog's declarations tell.</summary>
    public static TheoryData<string, string[]> OfTheCatalog => new()
    {
        // Sources: a few bad rows are a warning, many a failure.
        { Set("DW_A.USER_PROFILE", "ACCOUNT_STATUS = NULL", "USER_ID % 100 = 3"),
            ["Warning DW_A.USER_PROFILE.ACCOUNT_STATUS.not_null", "Failed LOYALTY.MASTER.users"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_TYPE = NULL", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.ACTIVITY_TYPE.not_null"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_TYPE = NULL", "ACTIVITY_ID % 3 = 0"), ["Failed DW_A.USER_ACTIVITY.ACTIVITY_TYPE.not_null"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_TYPE = 'logon'", "ACTIVITY_ID = 7"),
            ["Warning DW_A.USER_ACTIVITY.ACTIVITY_TYPE.accepted_values"] },
        { Set("DW_A.USER_ACTIVITY", "RATING = 6", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.RATING.range"] },
        { Set("DW_A.USER_ACTIVITY", "RATING = 0", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.RATING.range"] },
        { Set("DW_A.USER_ACTIVITY", "USER_ID = 999999", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.USER_ID.references"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_ID = 8", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.unique"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_ID = 8", "ACTIVITY_ID % 2 = 0"), ["Failed DW_A.USER_ACTIVITY.unique"] },
        { Set("DW_A.ENGAGEMENT_SCORE", "SCORE = 100.01", "USER_ID = 7"), ["Warning DW_A.ENGAGEMENT_SCORE.SCORE.range"] },
        { Set("DW_A.ENGAGEMENT_SCORE", "SCORE = -0.01", "USER_ID = 7"), ["Warning DW_A.ENGAGEMENT_SCORE.SCORE.range"] },
        { Set("DW_A.REPEAT_ENGAGEMENTS", "REPEAT_COUNT = -1", "USER_ID = 7"), ["Warning DW_A.REPEAT_ENGAGEMENTS.REPEAT_COUNT.range"] },
        { Set("DW_B.FEATURE_ADOPTION", "USER_ID = -1", "USER_ID = 7"), ["Warning DW_B.FEATURE_ADOPTION.USER_ID.references"] },
        { Set("DW_B.RETENTION_ACTION", "OUTCOME = 'lost'", "ACTION_ID = 3"), ["Warning DW_B.RETENTION_ACTION.OUTCOME.accepted_values"] },
        { Set("DW_B.SUPPORT_CALLS", "CALLS_LAST_30_DAYS = -1", "USER_ID = (SELECT MIN(USER_ID) FROM DW_B.SUPPORT_CALLS)"),
            ["Warning DW_B.SUPPORT_CALLS.CALLS_LAST_30_DAYS.range"] },
        { Set("DW_B.SUPPORT_CHATS", "SATISFACTION = 9", "CHAT_ID = 3"), ["Warning DW_B.SUPPORT_CHATS.SATISFACTION.range"] },
        { Set("DW_B.SUPPORT_CHATS", "STARTED_AT = NULL", "CHAT_ID = 3"), ["Warning DW_B.SUPPORT_CHATS.STARTED_AT.not_null"] },
        { Set("DW_B.ISSUE_TICKETS", "SEVERITY = 'urgent'", "TICKET_ID = 3"), ["Warning DW_B.ISSUE_TICKETS.SEVERITY.accepted_values"] },
        { Set("DW_B.ISSUE_TICKETS", "TICKET_ID = 4", "TICKET_ID = 3"), ["Warning DW_B.ISSUE_TICKETS.unique"] },
        { Set("DW_B.SERVICE_REQUESTS", "STATUS = NULL", "REQUEST_ID = 3"), ["Warning DW_B.SERVICE_REQUESTS.STATUS.not_null"] },
        { Set("DW_B.PRODUCT_SUPPORT_USAGE", "CONTENT_ID = NULL", "USAGE_ID = 3"),
            ["Warning DW_B.PRODUCT_SUPPORT_USAGE.CONTENT_ID.not_null"] },
        { Set("DW_C.REGION_METADATA", "REGION_CLASS = 'Declining'", "REGION_CODE = (SELECT MIN(REGION_CODE) FROM DW_C.REGION_METADATA)"),
            ["Failed DW_C.REGION_METADATA.REGION_CLASS.accepted_values"] },

        // Drift of the schema.
        { "ALTER TABLE DW_B.SUPPORT_CHATS DROP COLUMN DURATION_SECONDS",
            ["Failed DW_B.SUPPORT_CHATS.missing_columns", "Error DW_B.SUPPORT_CHATS.DURATION_SECONDS.not_null",
                "Error DW_B.SUPPORT_CHATS.DURATION_SECONDS.range"] },
        { "ALTER TABLE DW_B.SUPPORT_CHATS ADD COLUMN CHANNEL VARCHAR", ["Warning DW_B.SUPPORT_CHATS.extra_columns"] },
        { "ALTER TABLE DW_B.SUPPORT_CHATS ALTER COLUMN DURATION_SECONDS TYPE DOUBLE", ["Failed DW_B.SUPPORT_CHATS.column_types"] },
        { "DROP TABLE DW_B.SUPPORT_CHATS", ["Warning DW_B.SUPPORT_CHATS.present"] },
        { "DELETE FROM DW_B.SUPPORT_CHATS", ["Warning DW_B.SUPPORT_CHATS.present", "Warning DW_B.SUPPORT_CHATS.merged"] },
        { $"ALTER TABLE {Master} ADD COLUMN SHOE_SIZE INTEGER", ["Warning LOYALTY.MASTER.extra_columns"] },
        { "DROP TABLE LOYALTY.SUPPRESSION",
            ["Failed LOYALTY.SUPPRESSION.present", "Error LOYALTY.SUPPRESSION.missing_columns", "Error LOYALTY.SUPPRESSION.extra_columns",
                "Error LOYALTY.SUPPRESSION.column_types", "Error LOYALTY.SUPPRESSION.USER_ID.not_null", "Error LOYALTY.SUPPRESSION.times",
                "Error LOYALTY.SUPPRESSION.unique"] },

        // Master, and History with it.
        { Set(Master, "ACCOUNT_TYPE = NULL", "USER_ID = 7"), ["Failed LOYALTY.MASTER.ACCOUNT_TYPE.not_null", Both] },
        { Set(Master, "ACCOUNT_TYPE = 'gold'", "USER_ID = 7"), ["Failed LOYALTY.MASTER.ACCOUNT_TYPE.accepted_values", Both] },
        { Set(Master, "LOGINS_30D = -1", "USER_ID = 7"), ["Failed LOYALTY.MASTER.LOGINS_30D.range", Both] },
        { Set(Master, "AVERAGE_RATING = 5.5", "USER_ID = 7"), ["Failed LOYALTY.MASTER.AVERAGE_RATING.range", Both] },
        { $"INSERT INTO {Master} SELECT * FROM {Master} WHERE USER_ID = 7", [Adoption, "Failed LOYALTY.MASTER.unique"] },
        { Set(
            History, "OPEN_TICKETS = -1",
            "VALID_TO IS NOT NULL AND USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.HISTORY WHERE VALID_TO IS NOT NULL) AND VALID_FROM = DATE '2026-06-25'"), ["Failed LOYALTY.HISTORY.OPEN_TICKETS.range"] },
        { Set("LOYALTY.RUN_STEP", "STEP_NUMBER = 0", "STEP_NUMBER = 1"), ["Failed LOYALTY.RUN_STEP.STEP_NUMBER.range"] },
        { Set("LOYALTY.RUN_STEP", "RUN_ID = 'nobody'", "STEP = 'Build'"),
            ["Failed LOYALTY.RUN_STEP.RUN_ID.references", "Failed LOYALTY.RUN_STEP.unique"] },
        { Set("LOYALTY.RUN", "STATUS = 'Lost'", "KIND = 'Deliver'"), ["Failed LOYALTY.RUN.STATUS.accepted_values", Audit] },
        { Set("LOYALTY.RUN", "STARTED_AT = TIMESTAMP 'infinity'", "KIND = 'Deliver'"), ["Failed LOYALTY.RUN.times"] },
        { Set("LOYALTY.DELIVERY", "PUBLISHED_AT = TIMESTAMP '0044-03-15 (BC)'", "SEQUENCE_NUMBER = 1"), ["Failed LOYALTY.DELIVERY.times"] },
        { Set("DW_A.USER_ACTIVITY", "ACTIVITY_AT = TIMESTAMP '-infinity'", "ACTIVITY_ID = 7"), ["Warning DW_A.USER_ACTIVITY.times"] },
        { Set("LOYALTY.AUDIT", "ACTOR = 'nobody'", "CHAIN = 'Runs' AND SEQUENCE_NUMBER = 2"), [Audit] },
        { Set("LOYALTY.AUDIT_HEAD", "ENTRIES = ENTRIES - 1", "CHAIN = 'Runs'"), [Audit] },
        { "INSERT INTO LOYALTY.SCHEMA_VERSION SELECT * FROM LOYALTY.SCHEMA_VERSION", ["Failed LOYALTY.SCHEMA_VERSION.unique"] },
        { "INSERT INTO LOYALTY.RUN_LOCK SELECT * FROM LOYALTY.RUN_LOCK", ["Failed LOYALTY.RUN_LOCK.unique"] },
        { "INSERT INTO LOYALTY.QUARANTINE (RUN_ID, SOURCE_TABLE, RULE, DETAIL) VALUES ('nobody', 'DW_A.USER_PROFILE', 'orphan', 'x')",
            ["Failed LOYALTY.QUARANTINE.RUN_ID.references"] },
    };

    /// <summary>Faults that only a comparison of tables tells.</summary>
    public static TheoryData<string, string[]> OfReconciliation => new()
    {
        { "DELETE FROM DW_A.USER_ACTIVITY WHERE ACTIVITY_AT >= TIMESTAMP '2026-06-27'",
            ["Warning DW_A.USER_ACTIVITY.freshness", "Warning DW_A.USER_ACTIVITY.merged"] },
        { "DELETE FROM DW_A.USER_ACTIVITY WHERE ACTIVITY_AT >= TIMESTAMP '2026-06-15'",
            ["Failed DW_A.USER_ACTIVITY.freshness", "Warning DW_A.USER_ACTIVITY.merged"] },
        { Set("LOYALTY.RUN_SOURCE", "ROWS_READ = ROWS_READ * 8 / 10, ROWS_USED = ROWS_USED * 8 / 10", Newest("DW_B.ISSUE_TICKETS")),
            ["Warning DW_B.ISSUE_TICKETS.volume", "Warning DW_B.ISSUE_TICKETS.merged"] },
        { Set("LOYALTY.RUN_SOURCE", "ROWS_READ = ROWS_READ * 3, ROWS_USED = ROWS_USED * 3", Newest("DW_B.ISSUE_TICKETS")),
            ["Failed DW_B.ISSUE_TICKETS.volume", "Warning DW_B.ISSUE_TICKETS.merged"] },
        { Reject("DW_B.ISSUE_TICKETS", share: 5), ["Warning DW_B.ISSUE_TICKETS.quarantine_share"] },
        { Reject("DW_B.ISSUE_TICKETS", share: 20), ["Failed DW_B.ISSUE_TICKETS.quarantine_share"] },
        { RejectImported("DW_B.ISSUE_TICKETS", share: 5), ["Warning DW_B.ISSUE_TICKETS.import_share"] },
        { RejectImported("DW_B.ISSUE_TICKETS", share: 40), ["Failed DW_B.ISSUE_TICKETS.import_share"] },
        { "INSERT INTO DW_B.ISSUE_TICKETS SELECT 900000 + TICKET_ID, * EXCLUDE (TICKET_ID) FROM DW_B.ISSUE_TICKETS WHERE TICKET_ID <= 3",
            ["Warning DW_B.ISSUE_TICKETS.merged"] },
        { "DELETE FROM DW_C.REGION_THRESHOLDS WHERE REGION_CODE = (SELECT MIN(REGION_CODE) FROM DW_C.REGION_THRESHOLDS)",
            ["Failed DW_C.REGION_METADATA.thresholds", "Warning DW_C.REGION_THRESHOLDS.merged", "Failed LOYALTY.MASTER.thresholds"] },
        { Set(
            "DW_C.REGION_THRESHOLDS", "LOW_ENGAGEMENT_BELOW = HIGHLY_ENGAGED_FROM + 1",
            "EFFECTIVE_FROM = (SELECT MIN(EFFECTIVE_FROM) FROM DW_C.REGION_THRESHOLDS)"),
            ["Failed DW_C.REGION_THRESHOLDS.HIGHLY_ENGAGED_FROM.range"] },
        { Set(
            "DW_C.REGION_THRESHOLDS", "LOW_ENGAGEMENT_BELOW = HIGHLY_ENGAGED_FROM + 1",
            "REGION_CODE = (SELECT MIN(REGION_CODE) FROM DW_C.REGION_THRESHOLDS)"),
            ["Failed DW_C.REGION_THRESHOLDS.HIGHLY_ENGAGED_FROM.range", "Failed DW_C.REGION_METADATA.thresholds",
                "Failed LOYALTY.MASTER.thresholds"] },
        { Set("DW_C.REGION_THRESHOLDS", "HIGHLY_ENGAGED_FROM = HIGHLY_ENGAGED_FROM + 1", "TRUE"), ["Failed LOYALTY.MASTER.thresholds"] },
        { Set("DW_C.REGION_THRESHOLDS", "EFFECTIVE_FROM = NULL", "REGION_CODE = (SELECT MIN(REGION_CODE) FROM DW_C.REGION_THRESHOLDS)"),
            ["Failed DW_C.REGION_THRESHOLDS.EFFECTIVE_FROM.not_null", "Failed DW_C.REGION_METADATA.thresholds",
                "Failed LOYALTY.MASTER.thresholds"] },
        { Set(Master, "ENGAGEMENT_SEGMENT = 'Engaged'", "ENGAGEMENT_SEGMENT = 'Unscored'"),
            ["Failed LOYALTY.MASTER.ENGAGEMENT_SEGMENT.recomputed", Both] },
        { Set(History, "ENGAGEMENT_SEGMENT = 'Unscored'", "VALID_TO IS NOT NULL AND ENGAGEMENT_SEGMENT = 'Engaged'"),
            ["Failed LOYALTY.HISTORY.ENGAGEMENT_SEGMENT.recomputed"] },
        { $"DELETE FROM {Master} WHERE USER_ID = 7; DELETE FROM {History} WHERE USER_ID = 7",
            [Adoption, "Failed LOYALTY.MASTER.users", "Failed LOYALTY.SNAPSHOT.row_counts"] },
        { "INSERT INTO DW_A.USER_PROFILE SELECT 999999, * EXCLUDE (USER_ID) FROM DW_A.USER_PROFILE WHERE USER_ID = 7",
            ["Warning DW_A.USER_PROFILE.merged", "Failed LOYALTY.MASTER.users"] },
        { Set("DW_A.USER_PROFILE", "SIGNED_UP_AT = TIMESTAMP '2026-07-05'", "USER_ID = 7"), ["Failed LOYALTY.MASTER.users"] },
        { Set(Master, "EMAIL = 'x@example.com'", "USER_ID = 7"), [Both] },
        { Set(Master, "PURCHASE_AMOUNT_TOTAL = PURCHASE_AMOUNT_TOTAL + 0.01", "USER_ID = 7"), [Both] },
        { $"DELETE FROM {History} WHERE USER_ID = 7 AND VALID_TO IS NULL", [Both, "Failed LOYALTY.SNAPSHOT.row_counts"] },
        { Log("h.* REPLACE ('x' AS PHONE)"), ["Failed LOYALTY.HISTORY_SNAPSHOT.newest_day"] },
        { $"{Log("h.*")} WHERE h.USER_ID <> 7", ["Failed LOYALTY.HISTORY_SNAPSHOT.newest_day"] },
        { Set(
            History, "VALID_TO = VALID_FROM",
            "VALID_TO IS NOT NULL AND USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.HISTORY WHERE VALID_TO IS NOT NULL)"),
            ["Failed LOYALTY.HISTORY.interval", "Failed LOYALTY.SNAPSHOT.row_counts"] },
        { $"INSERT INTO {History} SELECT * REPLACE (DATE '2026-06-26' AS VALID_FROM) FROM {History} WHERE USER_ID = {Constant} AND VALID_TO IS NULL", ["Failed LOYALTY.HISTORY.open_versions", "Failed LOYALTY.HISTORY.overlaps", "Failed LOYALTY.SNAPSHOT.row_counts"] },
        { $"INSERT INTO {History} SELECT * REPLACE (DATE '2026-06-26' AS VALID_FROM, DATE '2026-06-28' AS VALID_TO, 'x' AS PHONE) FROM {History} WHERE USER_ID = {Constant} AND VALID_TO IS NULL", ["Failed LOYALTY.HISTORY.overlaps", "Failed LOYALTY.SNAPSHOT.row_counts"] },
        { $"CREATE TEMPORARY TABLE c AS SELECT {Constant} AS U; UPDATE {History} SET VALID_FROM = DATE '2026-06-27' WHERE USER_ID = (SELECT U FROM c); INSERT INTO {History} SELECT * REPLACE (DATE '2026-06-25' AS VALID_FROM, DATE '2026-06-27' AS VALID_TO) FROM {History} WHERE USER_ID = (SELECT U FROM c)", ["Failed LOYALTY.HISTORY.joined"] },
        { $"UPDATE {History} SET VALID_FROM = DATE '2026-05-01' WHERE USER_ID = {Constant}", ["Failed LOYALTY.HISTORY.written_days"] },
        { Set("LOYALTY.SNAPSHOT", "ROW_COUNT = ROW_COUNT + 1", "SNAPSHOT_DATE = DATE '2026-06-27'"),
            ["Failed LOYALTY.SNAPSHOT.row_counts"] },
        { $"UPDATE {History} SET VALID_FROM = DATE '2026-06-26' WHERE VALID_FROM = DATE '2026-06-27' AND USER_ID NOT IN (SELECT USER_ID FROM {History} WHERE VALID_TO = DATE '2026-06-27'); DELETE FROM LOYALTY.SNAPSHOT WHERE SNAPSHOT_DATE = DATE '2026-06-28'", ["Failed LOYALTY.HISTORY.written_days", "Failed LOYALTY.SNAPSHOT.row_counts", "Warning LOYALTY.SNAPSHOT.calendar"] },
        { Set(
            "LOYALTY.RUN_SOURCE", "ROWS_QUARANTINED = 1",
            "RUN_ID = (SELECT MIN(RUN_ID) FROM LOYALTY.RUN_SOURCE) AND SOURCE_TABLE = 'DW_B.ISSUE_TICKETS'"),
            ["Failed LOYALTY.RUN_SOURCE.reconciled"] },
        { Set(
            "LOYALTY.ADOPTION", "ADOPTERS = ADOPTERS - 1",
            $"{NewestAdoption} AND ADOPTERS = (SELECT MAX(ADOPTERS) FROM LOYALTY.ADOPTION WHERE {NewestAdoption})"), [Adoption] },
        { Set(
            "LOYALTY.ADOPTION", "USERS = USERS + 1", $"{NewestAdoption} AND REGION_CODE = (SELECT MIN(REGION_CODE) FROM LOYALTY.ADOPTION)"),
            [Adoption] },
        { $"DELETE FROM LOYALTY.ADOPTION WHERE {NewestAdoption}", [Adoption] },
        { "DELETE FROM LOYALTY.DELIVERY_FILE WHERE SEQUENCE_NUMBER = 1", ["Failed LOYALTY.DELIVERY.files"] },
        { Set("LOYALTY.DELIVERY_FILE", "ROW_COUNT = ROW_COUNT + 1", "SEQUENCE_NUMBER = 1"), ["Failed LOYALTY.DELIVERY.files"] },
        { Set("LOYALTY.DELIVERY_FILE", "BYTES = BYTES + 1", "SEQUENCE_NUMBER = 1"), ["Failed LOYALTY.DELIVERY.files"] },
        { "DELETE FROM LOYALTY.DELIVERED_MEMBER WHERE ADDED_IN = 1 AND USER_ID = (SELECT MIN(USER_ID) FROM LOYALTY.DELIVERED_MEMBER WHERE ADDED_IN = 1)", ["Failed LOYALTY.DELIVERY.members"] },
        { Set("LOYALTY.DELIVERED_MEMBER", "ADDED_IN = 99", "ADDED_IN = 1"), ["Failed LOYALTY.DELIVERED_MEMBER.ADDED_IN.references"] },
        { "INSERT INTO LOYALTY.DELIVERY SELECT * REPLACE (3 AS SEQUENCE_NUMBER, 'Started' AS STATUS) FROM LOYALTY.DELIVERY WHERE SEQUENCE_NUMBER = 1", ["Warning LOYALTY.DELIVERY.unfinished"] },
        { "INSERT INTO LOYALTY.SUPPRESSION (USER_ID, REASON, SINCE) VALUES (7, 'asked', NULL), (7, 'again', NULL)", ["Failed LOYALTY.SUPPRESSION.unique"] },
    };

    // A user who has never changed.
    private static string Constant =>
        $"(SELECT MIN(USER_ID) FROM (SELECT USER_ID FROM {History} GROUP BY USER_ID HAVING COUNT(*) = 1 AND MIN(VALID_FROM) = DATE '2026-06-25') AS c)";

    // The view of the daily log, made otherwise than the catalog makes it.
    private static string Log(string columns) =>
        $"CREATE OR REPLACE VIEW LOYALTY.HISTORY_SNAPSHOT AS SELECT {columns}, s.SNAPSHOT_DATE FROM LOYALTY.SNAPSHOT AS s JOIN {History} AS h ON h.VALID_FROM <= s.SNAPSHOT_DATE AND (h.VALID_TO IS NULL OR h.VALID_TO > s.SNAPSHOT_DATE)";

    private static string Set(string table, string assignments, string where) => $"UPDATE {table} SET {assignments} WHERE {where}";

    private static string NewestRun => "(SELECT MAX(RUN_ID) FROM LOYALTY.RUN WHERE KIND = 'Merge')";

    private static string Newest(string source) => $"RUN_ID = {NewestRun} AND SOURCE_TABLE = '{source}'";

    // Rows of the source that its newest merge has put in quarantine instead of using them.
    private static string Reject(string source, int share) =>
        $"""
        INSERT INTO LOYALTY.QUARANTINE SELECT {NewestRun}, '{source}', 'TICKET_ID=' || i, 'range', 'planted', NULL FROM range((SELECT ROWS_READ * {share} // 100 FROM LOYALTY.RUN_SOURCE WHERE {Newest(source)})) AS r(i);
        UPDATE LOYALTY.RUN_SOURCE SET ROWS_QUARANTINED = (SELECT COUNT(*) FROM LOYALTY.QUARANTINE), ROWS_USED = ROWS_READ - (SELECT COUNT(*) FROM LOYALTY.QUARANTINE) WHERE {Newest(source)}
        """;

    // Rows that an import after the newest merge has rejected, of a hundred.
    private static string RejectImported(string source, int share) =>
        $"""
        INSERT INTO LOYALTY.RUN SELECT * REPLACE ('99991231T000000000-0000' AS RUN_ID, 'Import' AS KIND, NULL AS RUN_DATE, {share} AS QUARANTINED, 100 - {share} AS INSERTED, 0 AS UPDATED, 0 AS DELETED, 0 AS UNCHANGED) FROM LOYALTY.RUN WHERE RUN_ID = {NewestRun};
        INSERT INTO LOYALTY.RUN_SOURCE SELECT * REPLACE ('99991231T000000000-0000' AS RUN_ID, 100 AS ROWS_READ, 100 - {share} AS ROWS_USED, {share} AS ROWS_QUARANTINED) FROM LOYALTY.RUN_SOURCE WHERE {Newest(source)};
        INSERT INTO LOYALTY.QUARANTINE SELECT '99991231T000000000-0000', '{source}', 'TICKET_ID=' || i, 'range', 'planted', NULL FROM range({share}) AS r(i);
        """;
}
