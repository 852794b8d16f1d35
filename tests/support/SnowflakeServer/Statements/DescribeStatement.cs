using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>DESCRIBE of a table or view.</summary>
/// <param name="name">Its name.</param>
internal sealed class DescribeStatement(IReadOnlyList<string> name) : IStatement
{
    public StatementType Type => StatementType.Describe;

    /// <summary>Reads what follows DESCRIBE.</summary>
    public static DescribeStatement Parse(TokenReader reader)
    {
        var kind = reader.TryTakeOneOf("TABLE", "VIEW") ?? throw (reader.Peek() is { } token ? SnowflakeError.Unexpected(token) : SnowflakeError.UnexpectedEnd());
        var name = reader.TakeName();
        reader.ExpectEnd();
        return new DescribeStatement(name);
    }

    public ResultSet Execute(StatementContext context)
    {
        var relation = context.Session.Resolve(name);
        var view = $"\"{relation.Database}.INFORMATION_SCHEMA\".COLUMNS";
        var rows = context.Query(
            $"SELECT COLUMN_NAME, CASE DATA_TYPE WHEN 'NUMBER' THEN 'NUMBER(' || NUMERIC_PRECISION || ',' || NUMERIC_SCALE || ')' WHEN 'TEXT' THEN 'VARCHAR(16777216)' WHEN 'TIMESTAMP_NTZ' THEN 'TIMESTAMP_NTZ(9)' ELSE DATA_TYPE END, 'COLUMN', CASE IS_NULLABLE WHEN 'YES' THEN 'Y' ELSE 'N' END, COLUMN_DEFAULT FROM {view} WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
            relation.Schema,
            relation.Name).Rows;
        if (rows.Count == 0)
            throw SnowflakeError.NoObject("Table", relation.ToString());
        return new ResultSet([ResultColumn.Text("name"), ResultColumn.Text("type"), ResultColumn.Text("kind"), ResultColumn.Text("null?"), ResultColumn.Text("default")], rows);
    }
}
