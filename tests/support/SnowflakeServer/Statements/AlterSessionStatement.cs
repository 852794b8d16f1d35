using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>ALTER SESSION.</summary>
/// <param name="values">Parameters and their values; null for the default.</param>
internal sealed class AlterSessionStatement(IReadOnlyList<KeyValuePair<string, string?>> values) : IStatement
{
    public StatementType Type => StatementType.AlterSession;

    public static AlterSessionStatement Parse(TokenReader reader)
    {
        var sets = reader.TryTakeOneOf("SET", "UNSET")
            ?? throw (reader.Peek() is { } token ? SnowflakeError.Unexpected(token) : SnowflakeError.UnexpectedEnd());
        var values = new List<KeyValuePair<string, string?>>();
        while (!reader.IsAtEnd)
        {
            var name = reader.Take().Value;
            string? value = null;
            if (sets == "SET")
            {
                reader.ExpectSymbol("=");
                value = reader.Take().Value;
            }

            values.Add(new KeyValuePair<string, string?>(name, value));
            reader.TryTakeSymbol(",");
        }

        return new AlterSessionStatement(values);
    }

    public ResultSet Execute(StatementContext context)
    {
        foreach (var (name, value) in values)
            context.Session.Parameters.Set(name, value);
        return ResultSet.Status("Statement executed successfully.");
    }
}
