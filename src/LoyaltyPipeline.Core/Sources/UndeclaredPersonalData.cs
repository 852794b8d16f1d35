using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Pii;
using LoyaltyPipeline.Core.Reporting;

namespace LoyaltyPipeline.Core.Sources;

/// <summary>
/// Warns of columns that hold personal data which the catalog does not declare: nothing masks them. A sample of the rows just loaded is
/// looked at, so that it takes as long for many rows as for few; what is looked at are texts, other than those of which the catalog lists
/// all values.
/// </summary>
internal static class UndeclaredPersonalData
{
    private const int SampleRows = 1000;

    /// <summary>Looks at rows.</summary>
    /// <param name="session">The session that has them.</param>
    /// <param name="table">The table that they are of.</param>
    /// <param name="rows">Where they are.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="reporter">Hears of the columns, in one warning.</param>
    public static async Task WarnAsync(
        IWarehouseSession session, CatalogTable table, string rows, long count, IRunReporter reporter, CancellationToken cancellationToken)
    {
        var columns = table.Columns
            .Where(
                column => column.Type.DataType == DataType.Varchar && column.PersonalData == PersonalData.None
                    && column.Accepted.Count == 0)
                .ToList();
        if (columns.Count == 0 || count == 0)
            return;
        var samples = columns.ConvertAll(column => new ColumnSample { Name = column.Name });
        await using (var reader = await session.QueryAsync(Query(session.Dialect, table, columns, rows, count), [], cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                for (var position = 0; position < samples.Count; position++)
                    samples[position].Add(reader.TextAt(position));
            }
        }

        List<string> found =
        [
            .. from sample in samples
               from finding in ColumnJudge.Judge(sample, isWanted: null, cancellationToken)
               where finding.Confidence != PiiConfidence.Low
               select $"{sample.Name} ({finding.Kind})",
        ];
        if (found.Count > 0)
        {
            reporter.Warning(
                $"{table} seems to hold personal data that the catalog does not declare: {string.Join(", ", found)}. Nothing masks it; Find-LoyaltyPii {table} shows more. Have it left out, or declare it in sql/catalog.yml (pii).");
        }
    }

    // One of so many rows by a hash of what comes first in the key, mostly the user: spread over all of them, and the same each time.
    private static string Query(SqlDialect dialect, CatalogTable table, List<CatalogColumn> columns, string rows, long count)
    {
        var every = count / SampleRows;
        var some = every > 1 ? $" WHERE MOD({dialect.Hash(table.Key[0].Name)}, {every}) = 0" : string.Empty;
        return $"SELECT {SqlText.List(columns.Select(column => column.Name))} FROM {rows}{some} LIMIT {2 * SampleRows}";
    }
}
