using System.Globalization;
using LoyaltyPipeline.Core.Errors;
using LoyaltyPipeline.Core.Sources;
using LoyaltyPipeline.Core.Tests.Support;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Sources;

/// <summary>Short forms of what tests of imports ask.</summary>
internal static class Imports
{
    public const string CallsHeader = "USER_ID,AS_OF_DATE,CALLS_LAST_30_DAYS";

    /// <summary>Quarantined rows by line, as <c>rule|detail</c>; the detail begins with file and line.</summary>
    public static async Task<IReadOnlyList<string>> QuarantineAsync(this TestWarehouse test) => await test.RowsAsync(
        "SELECT RULE, DETAIL FROM LOYALTY.QUARANTINE ORDER BY TRY_CAST(regexp_extract(DETAIL, '(line|row) ([0-9]+)', 2) AS BIGINT), DETAIL");

    /// <summary>File and line of quarantined rows, as <c>rule FILE line 7</c>.</summary>
    public static async Task<IReadOnlyList<string>> PlacesAsync(this TestWarehouse test) =>
        [.. (await test.QuarantineAsync()).Select(row => row.Split(": ")[0].Replace('|', ' '))];

    public static Task<IReadOnlyList<string>> CallsAsync(this TestWarehouse test) =>
        test.RowsAsync("SELECT * FROM DW_B.SUPPORT_CALLS ORDER BY ALL");

    public static async Task<string> RefusedAsync(
        this TestWarehouse test, string path, ImportOptions? options = null, string? table = null) =>
        (await Assert.ThrowsAsync<LoyaltyException>(() => test.ImportAsync(path, options, table))).ErrorId;

    /// <summary>Writes a file byte by byte as Latin 1, so that a test can say any byte.</summary>
    public static string WriteBytes(this TestWarehouse test, string name, string latin1)
    {
        var path = Path.Combine(test.Folder, name);
        File.WriteAllBytes(path, System.Text.Encoding.Latin1.GetBytes(latin1));
        return path;
    }

    /// <summary>Makes a Parquet file of a query.</summary>
    public static async Task<string> WriteParquetAsync(this TestWarehouse test, string name, string query)
    {
        var path = Path.Combine(test.Folder, name);
        await test.ExecuteAsync($"COPY ({query}) TO '{path}' (FORMAT parquet)");
        return path;
    }

    /// <summary>Everything an import may change but the log of runs and the audit trail, as text.</summary>
    public static async Task<IReadOnlyList<string>> ContentAsync(this TestWarehouse test)
    {
        var content = new List<string>();
        foreach (var table in test.Pipeline.Catalog.Tables.Where(
            table => table.Name.Table is not ("RUN" or "RUN_HEALTH" or "RUN_STEP" or "RUN_SOURCE" or "RUN_LOCK" or "AUDIT" or "AUDIT_HEAD")))
            content.AddRange((await test.RowsAsync($"SELECT '{table}', * FROM {table} ORDER BY ALL")));
        return content;
    }

    public static void AssertAddsUp(ImportResult result)
    {
        Assert.Equal(result.RowsRead, result.RowsUsed + result.Rejected);
        if (result.Mode == ImportMode.Upsert)
            Assert.Equal(result.RowsUsed, result.Inserted + result.Updated + result.Unchanged + result.Older);
        else
            Assert.Equal(result.RowsUsed, result.Inserted);
    }

    public static string Counts(ImportResult result) => string.Create(CultureInfo.InvariantCulture,
        $"read {result.RowsRead}, rejected {result.Rejected}, inserted {result.Inserted}, updated {result.Updated}, unchanged {result.Unchanged}, deleted {result.Deleted}{(result.Older > 0 ? $", older {result.Older}" : string.Empty)}");
}
