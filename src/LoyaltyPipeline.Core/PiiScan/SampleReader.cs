using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Pii;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Reads a sample of the rows of a relation: the same each time, and spread over all of them.</summary>
/// <param name="session">The session that reads it.</param>
/// <param name="rows">At most so many rows.</param>
internal sealed class SampleReader(IWarehouseSession session, int rows)
{
    private const string Number = "SAMPLE_ROW";

    // Of a long value its beginning is looked at; the more cells there are, the less of each.
    private const int LongestValue = 4096;
    private const int ShortestValue = 256;
    private const long Characters = 100_000_000;

    /// <summary>Reads a sample.</summary>
    /// <param name="relation">A table, or a table function over a file.</param>
    /// <param name="columns">By name, SQL that yields the value of a column.</param>
    public async Task<IReadOnlyList<ColumnSample>> ReadAsync(
        string relation, IReadOnlyList<(string Name, string Value)> columns, CancellationToken cancellationToken)
    {
        var samples = columns.Select(column => new ColumnSample { Name = column.Name }).ToList();
        if (columns.Count == 0)
            return samples;
        await using var reader = await session.QueryAsync(Query(relation, columns), [], cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var position = 0; position < samples.Count; position++)
                samples[position].Add(reader.TextAt(position));
        }

        return samples;
    }

    // Rows in the order of a hash are spread over the table and come in the same order each time. Where rows have an order of their own, it
    // is that of their number: of rows that are all alike as many would come in as there are else.
    private string Query(string relation, IReadOnlyList<(string Name, string Value)> columns)
    {
        var length = Math.Clamp(Characters / Math.Max(1, (long)rows * columns.Count), ShortestValue, LongestValue);
        var values = SqlText.List(
            columns.Select((column, position) => $"SUBSTR(CAST({column.Value} AS VARCHAR), 1, {length}) AS V{position}"));
        var dialect = session.Dialect;
        var (numbered, order) = dialect.HasStoredOrder
            ? ($"(SELECT *, ROW_NUMBER() OVER () AS {Number} FROM {relation} AS f)", dialect.Hash(Number))
            : (relation, dialect.Hash(SqlText.List(columns.Select(column => column.Value))));
        return $"SELECT {values} FROM (SELECT * FROM {numbered} AS n ORDER BY {order} LIMIT {rows}) AS s";
    }
}
