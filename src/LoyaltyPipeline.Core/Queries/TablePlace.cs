namespace LoyaltyPipeline.Core.Queries;

/// <summary>Where a query names a table.</summary>
/// <param name="Names">The name as the parser read it: database and schema, where they stand there, and table; behind them the column,
/// where it is the name of one.</param>
/// <param name="Start">The character at which the name begins, from 0.</param>
/// <param name="IsColumn">Whether it is the name of a column with its table before it.</param>
/// <param name="HasAlias">Whether the query gives the table another name.</param>
internal sealed record TablePlace(IReadOnlyList<string> Names, int Start, bool IsColumn, bool HasAlias)
{
    /// <summary>The table.</summary>
    public TableReference Table => Names.SkipLast(IsColumn ? 1 : 0).ToArray() switch
    {
        [var database, var schema, var table] => new TableReference(database, schema, table),
        [var schema, var table] => new TableReference(Database: null, schema, table),
        var names => new TableReference(Database: null, Schema: null, names[^1]),
    };
}
