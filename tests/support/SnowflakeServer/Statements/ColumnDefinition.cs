using LoyaltyPipeline.SnowflakeSupport.Errors;
using LoyaltyPipeline.SnowflakeSupport.Translation;

namespace LoyaltyPipeline.SnowflakeSupport.Statements;

/// <summary>
/// A column as DDL declares it. Snowflake enforces NOT NULL, lengths and nothing else, so keys and references are read and left out: DuckDB
/// would enforce them.
/// </summary>
/// <param name="Type">DuckDB's type.</param>
/// <param name="Length">How long a text may be; null for any length.</param>
/// <param name="IsRequired">Whether it refuses NULL.</param>
/// <param name="Default">What DEFAULT says; empty where there is none.</param>
internal sealed record ColumnDefinition(string Name, string Type, string? Length, bool IsRequired, IReadOnlyList<Token> Default)
{
    private static readonly string[] Attributes =
        ["NOT", "NULL", "DEFAULT", "PRIMARY", "UNIQUE", "REFERENCES", "FOREIGN", "CONSTRAINT", "COMMENT", "COLLATE", "WITH", "MASKING",
            "TAG", "CHECK", "GENERATED", "AUTOINCREMENT", "IDENTITY", "AS"];

    /// <summary>The policy that masks it; empty where none does.</summary>
    public IReadOnlyList<string> MaskingPolicy { get; init; } = [];

    /// <summary>Reads a column.</summary>
    public static ColumnDefinition Parse(IReadOnlyList<Token> tokens)
    {
        var reader = new TokenReader(tokens);
        var name = reader.Take();
        if (!name.IsName)
            throw SnowflakeError.Unexpected(name);
        var at = reader.Position;
        var type = TypeNames.Read(tokens, ref at, out var length);
        reader.Position = at;
        var column = new ColumnDefinition(name.Value, type, length, false, []);
        while (!reader.IsAtEnd)
            column = column.ReadAttribute(reader);
        return column;
    }

    /// <summary>The declaration in DuckDB's words.</summary>
    public string ToDuckDb(StatementContext context)
    {
        if (MaskingPolicy.Count > 0)
            MaskingPolicyStatement.Demand(context, MaskingPolicy);
        var value = Default.Count == 0 ? "" : $" DEFAULT {DuckDbText.Statement(context.Translate(Default).Tokens).Sql}";
        var check = Length is null ? "" : $" CHECK (length({DuckDbText.Name(Name)}) <= {Length})";
        return $"{DuckDbText.Name(Name)} {Type}{(IsRequired ? " NOT NULL" : "")}{value}{check}";
    }

    private ColumnDefinition ReadAttribute(TokenReader reader)
    {
        var token = reader.Take();
        switch (token.Value)
        {
            case "NOT":
                reader.Expect("NULL");
                return this with { IsRequired = true };
            case "NULL":
                return this;
            case "DEFAULT":
                return this with
                {
                    Default = reader.TakeUntil(next => next.Is(Attributes) && !next.Is("NULL")) is { Count: > 0 } value
                    ? value
                    : [reader.Take()]
                };
            case "PRIMARY":
                reader.Expect("KEY");
                return this with { IsRequired = true };
            case "MASKING":
                reader.Expect("POLICY");
                return this with { MaskingPolicy = reader.TakeName() };
            case "UNIQUE" or "COMMENT" or "COLLATE" or "CONSTRAINT" or "REFERENCES" or "WITH" or "TAG":
                reader.TakeUntil(next => next.Is(Attributes));
                return this;
            default:
                throw SnowflakeError.Unexpected(token);
        }
    }
}
