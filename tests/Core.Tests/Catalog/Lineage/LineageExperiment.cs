using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Engines;
using LoyaltyPipeline.Core.Tests.Support;

namespace LoyaltyPipeline.Core.Tests.Catalog.Lineage;

/// <summary>
/// Finds out which columns of a query's result a column of a table moves: the column is changed, in a copy of the table without constraints,
/// and the result compared with the one before.
/// </summary>
/// <param name="copies">Where the copies are, by the name of the table.</param>
internal sealed class LineageExperiment(IWarehouseSession session, Func<TableName, string> copies)
{
    private const string Before = "RESULT_BEFORE";

    /// <summary>For each column of the tables the columns of the result that it moves.</summary>
    /// <param name="output">The result: its columns and its key, by which its rows are compared.</param>
    /// <param name="query">SQL of the result, over the copies.</param>
    public async Task<IReadOnlyDictionary<ColumnReference, IReadOnlySet<string>>> RunAsync(
        IEnumerable<CatalogTable> inputs, CatalogTable output, string query)
    {
        await session.ExecuteAsync($"CREATE OR REPLACE TEMPORARY TABLE {Before} AS {query}", [], TestWarehouse.Token);
        var moved = new Dictionary<ColumnReference, IReadOnlySet<string>>();
        foreach (var input in inputs)
        {
            foreach (var column in input.Columns)
                moved[new ColumnReference(input.Name, column.Name)] = await MovedByAsync(input, column, output, query);
        }

        return moved;
    }

    private async Task<HashSet<string>> MovedByAsync(CatalogTable input, CatalogColumn column, CatalogTable output, string query)
    {
        var moved = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in Changes.Of(input, column, copies(input.Name)))
        {
            await session.BeginAsync(TestWarehouse.Token);
            await session.ExecuteAsync(change, [], TestWarehouse.Token);
            moved.UnionWith(await CompareAsync(output, query));
            await session.RollbackAsync();
        }

        return moved;
    }

    // Values are compared where the row is there before and after; of a column of the key it counts which values there are.
    private async Task<IEnumerable<string>> CompareAsync(CatalogTable output, string query)
    {
        var sameRow = string.Join(" AND ", output.Key.Select(key => $"b.{key.Name} IS NOT DISTINCT FROM a.{key.Name}"));
        var differs = output.Columns.Select(column => output.Key.Contains(column)
            ? $"(SELECT COUNT(*) FROM ((SELECT {column.Name} FROM now EXCEPT SELECT {column.Name} FROM {Before}) "
                + $"UNION ALL (SELECT {column.Name} FROM {Before} EXCEPT SELECT {column.Name} FROM now)) AS k)"
            : $"COUNT_IF(a.{column.Name} IS DISTINCT FROM b.{column.Name})");
        var counts = await session.ListAsync(
            $"WITH now AS ({query}) SELECT {SqlText.List(differs)} FROM now AS a INNER JOIN {Before} AS b ON {sameRow}",
            [],
            reader => output.Columns.Select((_, index) => reader.LongAt(index)).ToList(),
            TestWarehouse.Token);
        return output.Columns.Zip(counts[0]).Where(pair => pair.Second > 0).Select(pair => pair.First.Name);
    }
}
