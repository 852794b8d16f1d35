using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Configuration.Integrity;
using LoyaltyPipeline.Core.Delivery.Log;

namespace LoyaltyPipeline.Core.Integrity.Checks;

/// <summary>Whether the log of deliveries agrees with itself, and with what lies at the destinations.</summary>
internal sealed class DeliveryChecks(LoyaltyCatalog catalog)
{
    private const string Nothing = "nothing has been delivered yet";
    private const string Name = "CAST(v.SEQUENCE_NUMBER AS VARCHAR) || ': ' || v.DELIVERY_ID";

    private CatalogTable Delivery => catalog.Table(DeliveryLog.Table);

    /// <summary>The checks.</summary>
    public IEnumerable<Check> All() =>
    [
        .. new[] { DeliveryLog.Table, DeliveryLog.FileTable, DeliveredMembers.Table, "LOYALTY.SUPPRESSION" }.SelectMany(
            table => CatalogChecks.Of(catalog.Table(table), CheckSuite.Deliveries)),
        Unfinished(),
        Files(),
        Members(),
        new StoredDeliveriesCheck(Define("stored", "are not at their destination as the log has them", CheckThreshold.FailsOnAny)),
    ];

    private QueryCheck Unfinished() => new(
        Define("unfinished", "were begun and neither published nor taken back; the next delivery settles them", CheckThreshold.WarnsOnAny),
        _ => $"SELECT SEQUENCE_NUMBER, DELIVERY_ID FROM {Delivery} WHERE STATUS = '{nameof(DeliveryStatus.Started)}'",
        Nothing,
        Name,
        context => context.RowsOf(Delivery.Name));

    private QueryCheck Files() => new(
        Define("files", "have not as many files, rows and bytes as their files together", CheckThreshold.FailsOnAny),
        _ => $"""
            SELECT d.SEQUENCE_NUMBER, d.DELIVERY_ID
            FROM {Delivery} AS d
            LEFT JOIN (
                SELECT SEQUENCE_NUMBER, COUNT(*) AS FILES, SUM(ROW_COUNT) AS ROWS_IN_FILES, SUM(BYTES) AS BYTES_IN_FILES
                FROM {DeliveryLog.FileTable}
                GROUP BY SEQUENCE_NUMBER
            ) AS f ON f.SEQUENCE_NUMBER = d.SEQUENCE_NUMBER
            WHERE d.STATUS = '{nameof(DeliveryStatus.Published)}'
                AND (d.FILE_COUNT <> COALESCE(f.FILES, 0)
                    OR d.ROW_COUNT <> COALESCE(f.ROWS_IN_FILES, 0)
                    OR d.BYTES <> COALESCE(f.BYTES_IN_FILES, 0))
            """,
        Nothing,
        Name,
        context => context.RowsOf(Delivery.Name));

    // Who was erased is no member any more, of whatever feed.
    private const string LastErasure = $"""
        SELECT COALESCE(MAX(RUN_ID), '') FROM LOYALTY.RUN
        WHERE KIND = '{nameof(RunKind.Erase)}' AND STATUS = '{nameof(RunStatus.Succeeded)}'
        """;

    private QueryCheck Members() => new(
        Define("members", "have an audience that is not the number of users noted as sent", CheckThreshold.FailsOnAny),
        _ => $"""
            SELECT d.SEQUENCE_NUMBER, d.DELIVERY_ID
            FROM {Delivery} AS d
            JOIN (
                SELECT FEED_ID, MAX(SEQUENCE_NUMBER) AS NEWEST
                FROM {Delivery}
                WHERE STATUS = '{nameof(DeliveryStatus.Published)}' AND NOT IS_BACKFILL
                GROUP BY FEED_ID
            ) AS n ON n.NEWEST = d.SEQUENCE_NUMBER
            LEFT JOIN (
                SELECT FEED_ID, COUNT(*) AS MEMBERS
                FROM {DeliveredMembers.Table}
                WHERE REMOVED_IN IS NULL
                GROUP BY FEED_ID
            ) AS m ON m.FEED_ID = d.FEED_ID
            WHERE d.AUDIENCE < COALESCE(m.MEMBERS, 0)
                OR (d.AUDIENCE > COALESCE(m.MEMBERS, 0) AND d.RUN_ID > ({LastErasure}))
                AND d.FEED_ID NOT IN (SELECT FEED_ID FROM {Delivery} WHERE STATUS = '{nameof(DeliveryStatus.Started)}')
            """,
        Nothing,
        Name,
        context => context.RowsOf(Delivery.Name));

    private CheckDefinition Define(string kind, string fault, CheckThreshold threshold) =>
        new($"{Delivery}.{kind}", CheckSuite.Deliveries, Delivery.Name, Column: null, fault, threshold, "deliveries");
}
