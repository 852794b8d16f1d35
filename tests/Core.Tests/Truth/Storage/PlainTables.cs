namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>The design's tables, for tests that must not depend on the catalog. No constraints: bad rows must fit in.</summary>
internal static class PlainTables
{
    public static string Sources { get; } = string.Concat(
        SourceDefinitions.All.Select(source => source.Table.Split('.')[0]).Distinct().Select(schema => $"CREATE SCHEMA {schema};\n")
            .Concat(SourceDefinitions.All.Select(source => Table(source.Table, source.Declared.Columns))));

    public static string Master { get; } = $"CREATE SCHEMA LOYALTY;\n{Table("LOYALTY.MASTER", MasterDefinition.Columns)}";

    private static string Table(string name, IEnumerable<SourceColumn> columns) =>
        $"CREATE TABLE {name} ({string.Join(", ", columns.Select(column => $"{column.Name} {column.Type}"))});\n";
}
