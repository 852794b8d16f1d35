using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Benchmarks.Measuring;

/// <summary>
/// A table of 19.8 million rows and 19 columns, in kind and number of distinct values like the taxi trips that data quality tools have been
/// compared on: some columns of a handful of values, amounts of some thousands, two times of millions, five columns with NULLs.
/// </summary>
internal static class WideTable
{
    public const long Rows = 19_800_000;

    private const string Taken = "CASE WHEN hash(i + 3) % 30 = 0 THEN NULL ELSE";

    private static readonly (string Name, string Type, string Value)[] Definitions =
    [
        ("VENDOR_ID", "INTEGER", "1 + hash(i) % 2"),
        ("PICKUP_AT", "TIMESTAMP", "TIMESTAMP '2023-01-01' + INTERVAL (CAST(hash(i + 1) % 15552000 AS BIGINT)) SECOND"),
        (
            "DROPOFF_AT", "TIMESTAMP",
            "TIMESTAMP '2023-01-01' + INTERVAL (CAST(hash(i + 1) % 15552000 + hash(i + 2) % 3600 AS BIGINT)) SECOND"),
        ("PASSENGER_COUNT", "DOUBLE", $"{Taken} hash(i + 4) % 7 END"),
        ("TRIP_DISTANCE", "DOUBLE", "(hash(i + 5) % 4000) / 100.0"),
        ("RATE_CODE", "DOUBLE", $"{Taken} 1 + hash(i + 6) % 6 END"),
        ("STORED_AND_FORWARDED", "VARCHAR", $"{Taken} (CASE WHEN hash(i + 7) % 100 = 0 THEN 'Y' ELSE 'N' END) END"),
        ("PICKUP_PLACE", "INTEGER", "1 + hash(i + 8) % 265"),
        ("DROPOFF_PLACE", "INTEGER", "1 + hash(i + 9) % 265"),
        ("PAYMENT_TYPE", "INTEGER", "hash(i + 10) % 6"),
        ("FARE", "DOUBLE", "3 + (hash(i + 11) % 8000) / 100.0"),
        ("EXTRA", "DOUBLE", "(hash(i + 12) % 20) / 2.0"),
        ("TAX", "DOUBLE", "0.5"),
        ("TIP", "DOUBLE", "(hash(i + 13) % 3000) / 100.0"),
        ("TOLLS", "DOUBLE", "(hash(i + 14) % 50) / 4.0"),
        ("SURCHARGE", "DOUBLE", "1.0"),
        ("TOTAL", "DOUBLE", "4 + (hash(i + 15) % 15000) / 100.0"),
        ("CONGESTION_FEE", "DOUBLE", $"{Taken} 2.5 END"),
        ("AIRPORT_FEE", "DOUBLE", $"{Taken} (hash(i + 16) % 2) * 1.25 END"),
    ];

    /// <summary>The table as a catalog would declare it.</summary>
    public static CatalogTable Table { get; } = new()
    {
        Name = new TableName("LOYALTY", "TRIP"),
        Kind = TableKind.Source,
        Description = "Trips",
        Columns = [.. Definitions.Select(
            definition => new CatalogColumn { Name = definition.Name, Type = TypeOf(definition.Type), Description = definition.Name })],
    };

    /// <summary>SQL that makes the table.</summary>
    public static string Create =>
        $"CREATE TABLE {Table} AS SELECT {string.Join(", ", Definitions.Select(definition => $"CAST({definition.Value} AS {definition.Type}) AS {definition.Name}"))} FROM range({Rows}) AS t(i)";

    // A catalog has no floating-point numbers; the checks made here do not look at the type.
    private static ColumnType TypeOf(string sql) =>
        ColumnType.TryParse(sql == "DOUBLE" ? "DECIMAL(18,6)" : sql, out var type)
            ? type
            : throw new InvalidOperationException($"{sql} is no type.");
}
