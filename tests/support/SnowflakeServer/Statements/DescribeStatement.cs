using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>DESCRIBE of a table, view or stage.</summary>
/// <param name="isStage">Whether it is a stage.</param>
internal sealed class DescribeStatement(bool isStage, IReadOnlyList<string> name) : IStatement
{
    public StatementType Type => StatementType.Describe;

    /// <summary>Reads what follows DESCRIBE.</summary>
    public static DescribeStatement Parse(TokenReader reader)
    {
        var kind = reader.TryTakeOneOf("TABLE", "VIEW", "STAGE")
            ?? throw (reader.Peek() is { } token ? SnowflakeError.Unexpected(token) : SnowflakeError.UnexpectedEnd());
        var name = reader.TakeName();
        reader.ExpectEnd();
        return new DescribeStatement(kind == "STAGE", name);
    }

    public ResultSet Execute(StatementContext context) => isStage ? Stage(context) : Relation(context);

    private ResultSet Stage(StatementContext context)
    {
        var address = context.Engine.Stages.AddressOf(context.Session.Resolve(name));
        return new ResultSet(
            [ResultColumn.Text("parent_property"), ResultColumn.Text("property"), ResultColumn.Text("property_type"),
                ResultColumn.Text("property_value"), ResultColumn.Text("property_default")],
            [["STAGE_FILE_FORMAT", "TYPE", "String", "CSV", "CSV"],
                ["STAGE_LOCATION", "URL", "String", address.Length == 0 ? "" : $"[\"{address}\"]", ""]]);
    }

    private ResultSet Relation(StatementContext context)
    {
        var relation = context.Session.Resolve(name);
        var view = $"\"{relation.Database}.INFORMATION_SCHEMA\".COLUMNS";
        var rows = context.Query(
            $"SELECT COLUMN_NAME, CASE DATA_TYPE WHEN 'NUMBER' THEN 'NUMBER(' || NUMERIC_PRECISION || ',' || NUMERIC_SCALE || ')' WHEN 'TEXT' THEN 'VARCHAR(16777216)' WHEN 'TIMESTAMP_NTZ' THEN 'TIMESTAMP_NTZ(9)' ELSE DATA_TYPE END, 'COLUMN', CASE IS_NULLABLE WHEN 'YES' THEN 'Y' ELSE 'N' END, COLUMN_DEFAULT FROM {view} WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
            relation.Schema,
            relation.Name).Rows;
        if (rows.Count == 0)
            throw SnowflakeError.NoObject("Table", relation.ToString());
        return new ResultSet(
            [ResultColumn.Text("name"), ResultColumn.Text("type"), ResultColumn.Text("kind"), ResultColumn.Text("null?"),
                ResultColumn.Text("default")], rows);
    }
}
