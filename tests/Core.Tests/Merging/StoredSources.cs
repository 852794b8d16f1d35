using System.Data.Common;
using LoyaltyPipeline.Core.Tests.Truth;

namespace LoyaltyPipeline.Core.Tests.Merging;

/// <summary>Reads the source tables of a warehouse back into rows.</summary>
internal static class StoredSources
{
    public static SourceData Read(DbConnection connection) => SourceDefinitions.All.Aggregate(
        new SourceData(), (sources, source) => source.With(sources, Rows(connection, source)));

    private static List<object?[]> Rows(DbConnection connection, ISourceDefinition source)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", source.ColumnNames)} FROM {source.Table}";
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : reader.GetValue(index))]);
        return rows;
    }
}
